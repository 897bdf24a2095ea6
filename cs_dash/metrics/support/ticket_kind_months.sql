-- Ticket categories by month
-- words: Tickets by category and month; months that are not over, or that start before the period, are marked.
-- formula: count of tickets by month and category
-- edge cases: A month without tickets of a category has no row for it. Tickets without a category have an empty
--   category.
-- tables: tickets
-- column month: first day of the month
-- column kind: the category, empty where nobody knows
-- column tickets: tickets of the category in the month
-- column final: the whole month lies in the period
create macro ticket_kind_months(start_day, end_day, wanted := '{}') as table
with marked as (
  select month, kind,
    coalesce(month >= cast(start_day as date), true)
      and coalesce(month + interval 1 month <= cast(end_day as date), true) as final
  from tickets_in(start_day, end_day, wanted)
)
select month, kind, count(*) as tickets, final
from marked
group by month, kind, final
order by month, kind is null, kind
