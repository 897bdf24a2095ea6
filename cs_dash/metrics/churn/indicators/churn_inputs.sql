-- Measures before churn
-- words: Health, usage, tickets and surveys of every customer on given days, with its segment and its tenure then.
-- formula: usage = mean weekly users of 4 weeks / seats, else of 4 weeks / the 12 before; tickets = tickets of 28 days;
--   surveys = the latest NPS answer, else the mean rating
-- edge cases: Only rows dated on or before the day are used. No row where nothing is known of the account. All days
--   use the same input: the seats where any account has them, and NPS where any account answered it.
-- tables: usage, surveys, tickets, subscriptions, notes, accounts
-- column day: the day
-- column account_id: the account
-- column segment: its segment
-- column tenure: its tenure band on that day
-- column measure: health, usage, tickets or surveys
-- column input: what was measured
-- column value: its value
create macro churn_inputs(on_days) as table
with customers as (
  select s.day, s.account_id, coalesce(a.segment, '(none)') as segment,
    tenure_band(coalesce(f.first_day, a.signup_date), s.day) as tenure
  from scored_accounts(on_days) s
  join accounts a on a.account_id = s.account_id
  left join first_paying_days f on f.account_id = s.account_id
),
used as (from health_usage(on_days) where raw is not null and input in ('active_share', 'activity_trend')),
answered as (from health_satisfaction(on_days) where raw is not null),
written as (
  select d.day, t.account_id, count(*) as tickets
  from (select unnest(on_days) as day) d
  join tickets t on cast(t.created_at as date) <= d.day and cast(t.created_at as date) > d.day - 28
  where t.account_id is not null and t.kind is distinct from 'not a ticket'
  group by d.day, t.account_id
),
known as (
  select day, account_id, 'health' as measure, 'score' as input, cast(score as double) as value
  from health_scores(on_days)
  where score is not null
  union all
  select day, account_id, 'usage' as measure, input, cast(raw as double) as value
  from used
  where input = (select min(input) from used)
  union all
  select c.day, c.account_id, 'tickets' as measure, 'tickets' as input, cast(coalesce(w.tickets, 0) as double) as value
  from customers c
  left join written w on w.day = c.day and w.account_id = c.account_id
  where c.day >= (select min(cast(created_at as date)) + 28 from tickets)
  union all
  select day, account_id, 'surveys' as measure, input, cast(raw as double) as value
  from answered
  where input = (select max(input) from answered)
)
select c.day, c.account_id, c.segment, c.tenure, k.measure, k.input, k.value
from customers c
join known k on k.day = c.day and k.account_id = c.account_id
