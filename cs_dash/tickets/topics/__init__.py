"""The topics of tickets: groups of tickets that say the same, in whatever language, each with a label.

`discover_topics` is nearly all that others need. Text in, topics out: nothing here knows about tables.
"""

from cs_dash.tickets.topics.discovery import DiscoveredTopics, TopicChanges, TopicMemory, discover_topics
from cs_dash.tickets.topics.labels import TopicLabel
from cs_dash.tickets.topics.tree import TopicNode
from cs_dash.tickets.topics.vectors import release_encoder

__all__ = [
    "DiscoveredTopics",
    "TopicChanges",
    "TopicLabel",
    "TopicMemory",
    "TopicNode",
    "discover_topics",
    "release_encoder",
]
