-- How-to share by month
-- words: How-to share and contact rate of each month of the period.
-- formula: as the how-to share, month by month
-- edge cases: A month without tickets has no row. A month that is not wholly in the period is marked as not final.
-- tables: tickets, subscriptions, accounts
-- column month: first day of the month
-- column tickets: all tickets of the month
-- column with_kind: categorised tickets
-- column howto: how-to tickets
-- column share: how-to share of the categorised tickets
-- column exposure: paying account-months of the month
-- column contact_rate: tickets per 100 paying accounts per month
-- column final: the whole month lies in the period
create macro howto_months(start_day, end_day, wanted := '{}') as table
with counted as (
  select month, final, cast(sum(tickets) as bigint) as tickets,
    cast(coalesce(sum(tickets) filter (where kind is not null), 0) as bigint) as with_kind,
    cast(coalesce(sum(tickets) filter (where kind = 'how-to'), 0) as bigint) as howto
  from ticket_kind_months(start_day, end_day, wanted)
  group by month, final
)
select c.month, c.tickets, c.with_kind, c.howto, c.howto / nullif(c.with_kind, 0) as share,
  e.exposure, 100 * c.tickets / nullif(e.exposure, 0) as contact_rate, c.final
from counted c
left join paying_exposure([cast(start_day as date)], [cast(end_day as date)], wanted) e on e.month = c.month
order by c.month
