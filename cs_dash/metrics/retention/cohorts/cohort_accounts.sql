-- Accounts of a cohort
-- words: The accounts of a cohort, and what each pays at the cell's month end; of several cells at once.
-- formula: left: pays nothing then; came back: pays then, and paid nothing at the end of a month before; else grew,
--   shrank or stayed, by its MRR then against that of its first paying day
-- edge cases: The counts add up to the cell: stayed + grew + shrank + came back = active, and with those who left =
--   size. A gap within one month is not churn, as in the revenue bridge.
-- source: common usage of cohort triangles
-- tables: subscriptions, accounts
-- column window_start: first day of the cohort's month or quarter
-- column window_end: the first day after it
-- column day: the day of the cell's balances
-- column account_id: the account
-- column account: its name, else its id
-- column became: stayed, grew, shrank, came back or left
-- column first_day: its first paying day
-- column left_on: the first unpaid day, where it left before that day
-- column mrr_start: MRR on its first paying day
-- column mrr_then: MRR on the as-of date; 0 where it pays nothing
create macro cohort_accounts(start_days, end_days, on_days, wanted := '{}') as table
with cells as (
  select distinct cast(window_start as date) as window_start, cast(window_end as date) as window_end,
    cast(day as date) as day
  from (select unnest(start_days) as window_start, unnest(end_days) as window_end, unnest(on_days) as day)
),
members as (
  select c.window_start, c.window_end, c.day, f.account_id, f.first_day, round(f.first_mrr, 6) as mrr_start
  from cells c
  join first_paying_days f on f.first_day >= c.window_start and f.first_day < c.window_end and f.first_day <= c.day
  where f.account_id in (select account_id from in_scope(wanted))
),
lines as (
  select account_id, mrr, start_date, last_open_end, is_paused,
    max(last_open_end) over (
      partition by account_id order by start_date, last_open_end rows between unbounded preceding and 1 preceding
    ) as covered_until
  from paying_subscriptions
  where account_id in (select account_id from members)
),
spans as (
  select m.window_start, m.window_end, m.day, m.account_id, m.first_day, m.mrr_start,
    min(l.covered_until) filter (where last_day(l.covered_until) < l.start_date) as first_gap,
    max(l.last_open_end) as last_end, arg_max(l.is_paused, (l.last_open_end, l.is_paused)) as is_paused,
    greatest(coalesce(round(sum(l.mrr) filter (where l.last_open_end > m.day), 6), 0), 0) as mrr_then
  from members m
  join lines l on l.account_id = m.account_id and l.start_date <= m.day
  group by m.window_start, m.window_end, m.day, m.account_id, m.first_day, m.mrr_start
),
outcomes as (
  select *, coalesce(first_gap, case when last_end <= day and not is_paused then last_end end) as left_on from spans
)
select
  o.window_start, o.window_end, o.day, o.account_id, coalesce(a.account, o.account_id) as account,
  case
    when o.mrr_then = 0 then 'left'
    when o.left_on is not null then 'came back'
    when o.mrr_then > o.mrr_start then 'grew'
    when o.mrr_then < o.mrr_start then 'shrank'
    else 'stayed'
  end as became,
  o.first_day, o.left_on, o.mrr_start, o.mrr_then
from outcomes o
left join accounts a on a.account_id = o.account_id
order by o.window_end, o.window_start, o.day, o.mrr_then - o.mrr_start, o.mrr_start desc, o.account_id
