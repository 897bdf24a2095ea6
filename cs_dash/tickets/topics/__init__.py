"""The topics of tickets: groups of tickets that say the same, in whatever language, each with a label.

`discover_topics` is all that others need. Text in, topics out: nothing here knows about tables.
"""

from cs_dash.tickets.topics.discovery import DiscoveredTopics, TopicChanges, TopicMemory, discover_topics
from cs_dash.tickets.topics.labels import TopicLabel
from cs_dash.tickets.topics.tree import TopicNode

__all__ = ["DiscoveredTopics", "TopicChanges", "TopicLabel", "TopicMemory", "TopicNode", "discover_topics"]
