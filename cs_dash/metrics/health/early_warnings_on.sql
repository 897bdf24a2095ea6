-- Early warnings on several days
-- words: The early warnings on each of several days, from rows dated on or before the day.
-- formula: as for early warnings, on each day
-- edge cases: As for early warnings. The two warnings that need the score are not included.
-- source: Poisson test of one count against a known mean
-- tables: usage, tickets, subscriptions, accounts
-- column day: the day
-- column account_id: the account
-- column warning: usage_fell, tickets_rose or went_silent
-- column now_value: use of the last week, tickets in 28 days, or days without a sign
-- column before_value: median use, expected tickets, or active weeks of the 12 before
create macro early_warnings_on(on_days, wanted := '{}') as table
with days as (select unnest(on_days) as day),
measured as (select count(users) > 0 as by_users from usage_weeks),
seen as (select account_id, min(week) as first_week from usage_weeks group by account_id),
scored as (select day, account_id from scored_accounts(on_days, wanted)),
weeks as (
  select p.day, s.account_id, p.last_week, b.days_back
  from usage_spans(on_days) p
  cross join (select cast(unnest(range(0, 112, 7)) as integer) as days_back) b
  join seen s on p.last_week - b.days_back >= s.first_week
),
used as (
  select w.day, w.account_id, w.days_back,
    coalesce(case when (select by_users from measured) then u.users else u.events end, 0) as activity
  from weeks w
  left join usage_weeks u on u.account_id = w.account_id and u.week = w.last_week - w.days_back
),
habits as (
  select day, account_id,
    any_value(activity) filter (where days_back = 0) as latest,
    median(activity) filter (where days_back between 7 and 84) as usual,
    count(*) filter (where days_back between 7 and 84) as weeks_known,
    max(activity) filter (where days_back < 21) as lately,
    count(*) filter (where days_back >= 21 and days_back < 105 and activity > 0) as busy_weeks,
    min(days_back) filter (where activity > 0) as quiet_days
  from used
  group by day, account_id
),
written as (
  select d.day, t.account_id, date_diff('day', cast(t.created_at as date), d.day) as days_ago
  from days d
  join tickets t on t.created_at < d.day + 1
  where t.account_id is not null and t.kind is distinct from 'not a ticket'
),
paid as (
  select d.day, f.account_id, date_diff('day', f.first_day, d.day) as days_ago from days d cross join first_paying_days f
),
began as (
  select day, account_id, max(days_ago) as days_ago from (from written union all from paid) group by day, account_id
),
asked as (
  select w.day, w.account_id, count(*) filter (where w.days_ago < 28) as tickets,
    count(*) filter (where w.days_ago >= 28 and w.days_ago < 364) as earlier,
    least(336, any_value(b.days_ago) - 28) as days_known,
    count(*) filter (where w.days_ago < 21) as lately
  from written w
  join began b on b.day = w.day and b.account_id = w.account_id
  group by w.day, w.account_id
),
expected as (select *, (earlier + 0.5) * 28 / nullif(days_known, 0) as mean from asked where days_known >= 56),
judged as (
  select day, account_id, tickets, mean,
    1 - list_sum(list_transform(range(tickets), lambda k: exp(k * ln(mean) - mean - lgamma(k + 1)))) as chance
  from expected
  where tickets >= 3
),
found as (
  select day, account_id, 'usage_fell' as warning, latest as now_value, usual as before_value
  from habits
  where weeks_known = 12 and usual > 0 and latest < 0.5 * usual
  union all
  select day, account_id, 'tickets_rose' as warning, tickets as now_value, mean as before_value
  from judged
  where chance < 0.01
  union all
  select h.day, h.account_id, 'went_silent' as warning, h.quiet_days as now_value, h.busy_weeks as before_value
  from habits h
  left join asked a on a.day = h.day and a.account_id = h.account_id
  where h.lately = 0 and h.busy_weeks >= 6 and coalesce(a.lately, 0) = 0
)
select day, account_id, warning, cast(now_value as double) as now_value, cast(before_value as double) as before_value
from found
where (day, account_id) in (select (day, account_id) from scored)
order by day, account_id, warning
