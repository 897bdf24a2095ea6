"""The list of tickets, labelling and audits."""
