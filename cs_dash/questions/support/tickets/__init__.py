"""The list of tickets, a single ticket, the help desk's own ticket types, and the labelling queue."""
