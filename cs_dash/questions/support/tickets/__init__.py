"""The list of tickets, one ticket, the help desk's own types, the queue for labelling."""
