-- Product areas of roadmap items
-- words: The product area that most tickets on an item's topics are about.
-- edge cases: Tickets without an area are left out; of areas with equally many tickets the first by name counts.
-- tables: tickets, feature_requests, churn_events, accounts
-- column item: id of the item
-- column area: the product area
-- column tickets: tickets on it
create macro roadmap_areas(as_of_day) as table
with counted as (
  select e.item, t.product_area as area, count(*) as tickets
  from roadmap_evidence(cast(as_of_day as date) + 1) e
  join tickets t on e.source = 'ticket' and t.ticket_id = e.evidence_id
  where t.product_area is not null
  group by all
)
select item, area, tickets
from counted
qualify row_number() over (partition by item order by tickets desc, area) = 1
order by item
