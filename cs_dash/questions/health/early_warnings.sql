-- Early warnings
-- words: Accounts where something changed that a score shows too late: use fell, tickets exceed what is usual for the
--   account, or it went silent.
-- formula: usage_fell: last whole week < half of the median of the 12 weeks before; tickets_rose: P(X >= tickets in 28 days) <
--   0.01 for a Poisson variable with the account's own mean of the 336 days before; went_silent: no use and no ticket for 21
--   days after at least 6 active weeks of the 12 before
-- edge cases: Tickets need 56 earlier days and at least 3 tickets; half a ticket is added to the past, so that an account that
--   never wrote is not flagged for its first ones. Only whole weeks count, and only where use is known up to 28 days before.
--   Two more warnings need the score: it fell by 10 points or more in 28 days; the renewal is at most 90 days off and the
--   account is not green.
-- source: Poisson test of one count against a known mean
-- tables: usage, tickets, subscriptions, accounts
-- column account_id: the account
-- column warning: usage_fell, tickets_rose or went_silent
-- column now_value: use of the last week, tickets in 28 days, or days without a sign
-- column before_value: median use, expected tickets, or active weeks of the 12 before
create macro early_warnings(on_day, wanted := '{}') as table
with measured as (select count(users) > 0 as by_users from usage_weeks),
seen as (select account_id, min(week) as first_week from usage_weeks group by account_id),
scored as (select account_id from scored_accounts([cast(on_day as date)], wanted)),
weeks as (
  select s.account_id, p.last_week, b.days_back
  from usage_spans([cast(on_day as date)]) p
  cross join (select cast(unnest(range(0, 112, 7)) as integer) as days_back) b
  join seen s on p.last_week - b.days_back >= s.first_week
),
used as (
  select w.account_id, w.days_back,
    coalesce(case when (select by_users from measured) then u.users else u.events end, 0) as activity
  from weeks w
  left join usage_weeks u on u.account_id = w.account_id and u.week = w.last_week - w.days_back
),
habits as (
  select account_id,
    any_value(activity) filter (where days_back = 0) as latest,
    median(activity) filter (where days_back between 7 and 84) as usual,
    count(*) filter (where days_back between 7 and 84) as weeks_known,
    max(activity) filter (where days_back < 21) as lately,
    count(*) filter (where days_back >= 21 and days_back < 105 and activity > 0) as busy_weeks,
    min(days_back) filter (where activity > 0) as quiet_days
  from used
  group by account_id
),
written as (
  select account_id, date_diff('day', cast(created_at as date), cast(on_day as date)) as days_ago
  from tickets
  where account_id is not null and kind is distinct from 'not a ticket' and created_at < cast(on_day as date) + 1
),
paid as (
  select account_id, date_diff('day', first_day, cast(on_day as date)) as days_ago from first_paying_days
),
began as (
  select account_id, max(days_ago) as days_ago from (from written union all from paid) group by account_id
),
asked as (
  select w.account_id, count(*) filter (where w.days_ago < 28) as tickets,
    count(*) filter (where w.days_ago >= 28 and w.days_ago < 364) as earlier,
    least(336, any_value(b.days_ago) - 28) as days_known,
    count(*) filter (where w.days_ago < 21) as lately
  from written w
  join began b on b.account_id = w.account_id
  group by w.account_id
),
expected as (select *, (earlier + 0.5) * 28 / nullif(days_known, 0) as mean from asked where days_known >= 56),
judged as (
  select account_id, tickets, mean,
    1 - list_sum(list_transform(range(tickets), lambda k: exp(k * ln(mean) - mean - lgamma(k + 1)))) as chance
  from expected
  where tickets >= 3
),
found as (
  select account_id, 'usage_fell' as warning, latest as now_value, usual as before_value
  from habits
  where weeks_known = 12 and usual > 0 and latest < 0.5 * usual
  union all
  select account_id, 'tickets_rose' as warning, tickets as now_value, mean as before_value from judged where chance < 0.01
  union all
  select h.account_id, 'went_silent' as warning, h.quiet_days as now_value, h.busy_weeks as before_value
  from habits h
  left join asked a on a.account_id = h.account_id
  where h.lately = 0 and h.busy_weeks >= 6 and coalesce(a.lately, 0) = 0
)
select account_id, warning, cast(now_value as double) as now_value, cast(before_value as double) as before_value
from found
where account_id in (select account_id from scored)
order by account_id, warning
