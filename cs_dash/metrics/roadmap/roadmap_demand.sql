-- How-to demand on the roadmap
-- words: How many how-to tickets of the period are on the topics of roadmap items, of all how-to tickets.
-- formula: share = distinct how-to tickets on topics of any item / how-to tickets
-- edge cases: A ticket counts once, however many items stand for its topic. Without how-to tickets there is no share.
-- source: METRICS, topics and opportunities
-- tables: tickets, accounts
-- column howto: how-to tickets of the period
-- column on_roadmap: those on the topics of items
-- column share: the share
create macro roadmap_demand(start_day, end_day, wanted := '{}') as table
select count(*) as howto, count(i.ticket_id) as on_roadmap, count(i.ticket_id) / nullif(count(*), 0) as share
from tickets_in(start_day, end_day, wanted) t
left join (
  select distinct p.ticket_id
  from ticket_topics(null) p
  join roadmap_item_topics i on i.topic = p.topic
) i on i.ticket_id = t.ticket_id
where t.kind = 'how-to'
