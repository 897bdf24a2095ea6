-- Displayed topics
-- words: The topics of how-to tickets and feature requests after people's decisions: renamed, merged, split or
--   ignored. With a number, that many topics from the same tree.
-- formula: sentence vectors of the tickets, small clusters (k-means), Ward's tree over them; cut where the next join
--   costs most in proportion to the one before
-- edge cases: Decisions count at once, for all versions. With a number, only names that people gave count.
--   A topic that is split without having parts stays.
-- source: Yang et al. 2019 (multilingual Universal Sentence Encoder); Ward 1963
-- tables: tickets
-- column node: the group of the tree
-- column topic: the topic it is shown as: itself, or the one it was merged into
-- column label: the topic's name, a person's or the one that was found
-- column terms: words that tell the topic from the others
-- column example: the ticket in its middle
-- column ignored: somebody said that it is of no interest
create macro topics_shown(as_many) as table
with recursive opened as (
  select node from topic_nodes where node = topic
  union all
  select n.node from topic_nodes n join opened o on n.parent = o.node
  where o.node in (select subject from decisions where kind = 'topic split')
),
chosen as (
  select o.node
  from opened o
  where as_many is null and not (
    o.node in (select subject from decisions where kind = 'topic split') and o.node in (select parent from topic_nodes)
  )
  union all
  select node from topic_nodes where cast(as_many as bigint) between first_at and last_at
),
merged as (
  select c.node, coalesce(t.node, c.node) as topic
  from chosen c
  left join decisions d on d.kind = 'topic into' and d.subject = c.node and as_many is null
  left join chosen t on t.node = d.value
),
widest as (
  -- A group of several topics has no name of its own: it bears that of the topic with the most clusters.
  select b.node, arg_max(n.label, c.clusters) as label, arg_max(n.terms, c.clusters) as terms,
    arg_max(n.example, c.clusters) as example
  from topic_branches b
  join topic_clusters k on k.cluster = b.cluster
  join (select topic, count(*) as clusters from topic_clusters group by topic) c on c.topic = k.topic
  join topic_nodes n on n.node = k.topic
  group by b.node
)
select m.node, m.topic, coalesce(d.value, n.label, w.label) as label, coalesce(n.terms, w.terms) as terms,
  coalesce(n.example, w.example) as example,
  as_many is null and m.topic in (select subject from decisions where kind = 'topic ignored') as ignored
from merged m
join topic_nodes n on n.node = m.topic
left join widest w on w.node = m.topic
left join decisions d on d.kind = 'topic name' and d.subject = m.topic
