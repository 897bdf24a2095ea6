-- Tickets by stage of the journey
-- words: Tickets per account and month in each stage; the stage is the furthest touchpoint that the account had reached.
-- formula: tickets in the stage / account-months in it, 30.4375 days each
-- edge cases: Days before the first ticket that is known do not count, nor days after the account left. No day in a stage:
--   no row.
-- source: METRICS, team and alignment
-- tables: tickets, milestones, accounts, subscriptions, usage
-- column touchpoint: the stage: the touchpoint that it begins with
-- column place: its place in the journey
-- column accounts: accounts that spent time in it
-- column months: account-months
-- column tickets: their tickets meanwhile
-- column howto: how-to tickets among them
-- column rate: tickets per account-month
create macro journey_tickets(as_of_day, wanted := '{}') as table
with bounds as (select min(created_on) as first_day from tickets_in(null, cast(as_of_day as date) + 1)),
reached as (
  select account_id, reached_on, max(place) as place
  from account_touchpoints
  where reached_on <= cast(as_of_day as date) and account_id in (from in_scope(wanted))
  group by account_id, reached_on
),
furthest as (
  select account_id, reached_on,
    max(place) over (partition by account_id order by reached_on rows between unbounded preceding and current row) as place,
    lead(reached_on) over (partition by account_id order by reached_on) as next_on
  from reached
),
stays as materialized (
  select f.account_id, f.place, greatest(f.reached_on, b.first_day) as starts,
    least(coalesce(f.next_on, e.observed_to), e.observed_to) as ends
  from furthest f
  cross join bounds b
  join journey_ends(as_of_day) e on e.account_id = f.account_id
),
spent as (
  select place, count(distinct account_id) as accounts, sum(date_diff('day', starts, ends)) / 30.4375 as months
  from stays
  where starts < ends
  group by place
),
counted as (
  select s.place, count(*) as tickets, count(*) filter (where t.kind = 'how-to') as howto
  from stays s
  join tickets_in(null, cast(as_of_day as date) + 1) t
    on t.account_id = s.account_id and t.created_on >= s.starts and t.created_on < s.ends
  where s.starts < s.ends
  group by s.place
)
select ['signed', 'kick-off', 'first login', 'first value', 'adopted', 'first renewal', 'expansion'][p.place] as touchpoint,
  p.place, p.accounts, p.months, coalesce(c.tickets, 0) as tickets, coalesce(c.howto, 0) as howto,
  coalesce(c.tickets, 0) / p.months as rate
from spent p
left join counted c on c.place = p.place
order by p.place
