-- Topics of roadmap items
-- words: The displayed topics that an item stands for now.
-- formula: for each topic of the item, the displayed topic that has most of its tickets, and every topic at least half of
--   whose tickets are its
-- edge cases: A topic that was merged, renamed or made anew since leads to the one that has most of its tickets, one that
--   was split to all its parts; one that has no tickets left has no row.
-- tables: tickets
-- column item: id of the item
-- column topic: id of the displayed topic
create table roadmap_item_topics as
with candidates as (
  select i.item, d.topic, d.share,
    row_number() over (partition by i.item, i.node order by d.tickets desc, d.topic) as place
  from (select item, unnest(topics) as node from roadmap_items) i
  join topic_descendants(null) d on d.node = i.node
)
select distinct item, topic
from candidates
where place = 1 or share >= 0.5
