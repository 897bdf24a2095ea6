"""What tickets are about: groups of tickets that say the same, in whatever language, with a name each.

`find` is all that others need. Text in, topics out: nothing here knows of tables.
"""

from cs_dash.tickets.topics.discovery import Found, Making, Memory, find
from cs_dash.tickets.topics.labels import Label
from cs_dash.tickets.topics.tree import Node

__all__ = ["Found", "Label", "Making", "Memory", "Node", "find"]
