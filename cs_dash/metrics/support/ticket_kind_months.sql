-- Kinds of tickets by month
-- words: The tickets of each kind in each month of the period; the month that is not over, or begins before the period, is
--   marked.
-- formula: count of tickets by month and kind
-- edge cases: A month without tickets of a kind has no row for it. Tickets without a kind have an empty kind.
-- tables: tickets
-- column month: first day of the month
-- column kind: the kind, empty where nobody knows
-- column tickets: tickets of the kind in the month
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
