"""What tickets are about: groups of tickets that say the same, in whatever language, with a name each.

`find` is all that others need. Text in, topics out: nothing here knows of tables.
"""

from cs_dash.tickets.topics.discovery import DiscoveredTopics, TopicChanges, TopicMemory, find_topics
from cs_dash.tickets.topics.labels import TopicLabel
from cs_dash.tickets.topics.tree import TopicNode

__all__ = ["DiscoveredTopics", "TopicChanges", "TopicLabel", "TopicMemory", "TopicNode", "find_topics"]
