-- How-to tickets by tenure
-- words: How-to tickets by time since an account became a customer, and the paying time at each tenure, since new
--   accounts are few.
-- formula: tickets per 100 paying accounts a month = 100 x how-to tickets / paying account-months of the same tenure
-- edge cases: Tickets of accounts without a known start are excluded and counted apart; those from before the start
--   have no paying time. Paying time is counted as for the contact rate: by the day, from the first ticket of the data.
-- source: person-time at risk, as in any incidence rate
-- tables: tickets, accounts, subscriptions
-- column place: the group's order; empty: accounts without a known start
-- column group_name: the group of tenure
-- column howto: how-to tickets
-- column tickets: all tickets
-- column exposure: paying account-months of that tenure
-- column rate: how-to tickets per 100 paying accounts a month
create macro howto_tenure(start_day, end_day, wanted := '{}') as table
with known as (
  select cast(min(created_at) as date) as first_ticket, cast(max(created_at) as date) as last_ticket from tickets
),
bounds as (
  select greatest(coalesce(cast(start_day as date), first_ticket), first_ticket) as opens,
    coalesce(cast(end_day as date), last_ticket + 1) as closes
  from known
),
written as (
  select g.place, count(*) as tickets, count(*) filter (where t.kind = 'how-to') as howto
  from tickets_in(start_day, end_day, wanted) t
  left join customer_starts s on s.account_id = t.account_id
  left join tenure_groups g
    on date_diff('day', s.started_on, t.created_on) >= g.from_day and date_diff('day', s.started_on, t.created_on) < g.to_day
  group by g.place
),
paid as (
  select g.place,
    sum(date_diff('day',
      greatest(p.first_day, b.opens, s.started_on + g.from_day), least(p.last_open_end, b.closes, s.started_on + g.to_day)
    )) as account_days
  from paying_spells p
  join customer_starts s on s.account_id = p.account_id
  cross join bounds b
  join tenure_groups g
    on greatest(p.first_day, b.opens, s.started_on + g.from_day) < least(p.last_open_end, b.closes, s.started_on + g.to_day)
  where p.account_id in (select account_id from in_scope(wanted)) and g.place > 0
  group by g.place
)
select coalesce(w.place, p.place) as place, g.group_name, coalesce(w.howto, 0) as howto, coalesce(w.tickets, 0) as tickets,
  p.account_days / 30.4375 as exposure, 100 * coalesce(w.howto, 0) / nullif(p.account_days / 30.4375, 0) as rate
from written w
full join paid p on p.place = w.place
left join tenure_groups g on g.place = coalesce(w.place, p.place)
order by place
