-- Where the tickets of a topic are now
-- words: For each group of the tree of topics, and of earlier trees, the displayed topic that has most of its tickets, so
--   that the address of a topic that was split, merged or made anew since still leads to one.
-- formula: the topic with the largest count of the group's tickets; of equally large ones the first by id
-- edge cases: A group without tickets in any displayed topic has no row. For groups of trees before the last but one the
--   count is an estimate.
-- tables: tickets
-- column node: the group of the tree
-- column topic: id of the displayed topic
-- column tickets: how many of the group's tickets it has
create macro topic_successors(as_many) as table
select node, topic, cast(round(tickets) as bigint) as tickets
from topic_descendants(as_many)
qualify row_number() over (partition by node order by tickets desc, topic) = 1
