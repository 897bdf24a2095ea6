-- Topics that the tickets of a group are in
-- words: For each group of the tree of topics, and of earlier trees, the displayed topics that have tickets of it.
-- formula: tickets of the group's small clusters, by displayed topic
-- edge cases: For groups of trees before the last but one the count is an estimate.
-- tables: tickets
-- column node: the group of the tree
-- column topic: id of the displayed topic
-- column tickets: how many of the group's tickets it has
-- column share: share of the topic's tickets that are of the group
create macro topic_descendants(as_many) as table
with sizes as (select cluster, count(*) as tickets from topic_members group by cluster),
clusters as (
  select b.cluster, s.topic, z.tickets
  from topic_branches b
  join topics_shown(as_many) s on s.node = b.node
  join sizes z on z.cluster = b.cluster
),
counted as (
  select b.node, c.topic, c.tickets
  from topic_branches b
  join clusters c on c.cluster = b.cluster
  union all
  select h.node, c.topic, h.tickets
  from topic_heirs h
  join clusters c on c.cluster = h.cluster
),
topics as (select topic, sum(tickets) as tickets from clusters group by topic)
select c.node, c.topic, sum(c.tickets) as tickets, sum(c.tickets) / any_value(t.tickets) as share
from counted c
join topics t on t.topic = c.topic
group by c.node, c.topic
