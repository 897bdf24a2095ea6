-- Where the tickets of a topic are now
-- words: For each group of the tree of topics, the displayed topic that has most of its tickets, so that the address of
--   a topic that was split or merged since still leads to one.
-- formula: the topic with the largest count of the group's tickets; of equally large ones the first by id
-- edge cases: A group without tickets in any displayed topic has no row.
-- tables: tickets
-- column node: the group of the tree
-- column topic: id of the displayed topic
-- column tickets: how many of the group's tickets it has
create macro topic_successors(as_many) as table
select b.node, t.topic, count(*) as tickets
from topic_branches b
join topic_members m on m.cluster = b.cluster
join ticket_topics(as_many) t on t.ticket_id = m.ticket_id
group by b.node, t.topic
qualify row_number() over (partition by b.node order by count(*) desc, t.topic) = 1
