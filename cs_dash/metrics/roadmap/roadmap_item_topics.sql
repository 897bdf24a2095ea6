-- Topics of roadmap items
-- words: The displayed topics that an item stands for now.
-- formula: for each topic of the item, the displayed topic that has most of its tickets
-- edge cases: A topic that was merged, split or renamed since leads to the one that has most of its tickets; one that has
--   no tickets left has no row.
-- tables: tickets
-- column item: id of the item
-- column topic: id of the displayed topic
create view roadmap_item_topics as
select distinct i.item, s.topic
from (select item, unnest(topics) as node from roadmap_items) i
join topic_successors(null) s on s.node = i.node
