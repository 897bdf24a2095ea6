-- Health input: usage
-- words: Share of seats used each week, the trend against the account's own previous weeks, and depth of use.
-- formula: active_share = mean weekly users of 4 weeks / seats; activity_trend = mean of 4 weeks / mean of the 12
--   before; depth = uses / (users x weeks) in 4 weeks
-- edge cases: Only full weeks known on the day. A week without use counts as 0 once the account has appeared; an
--   account that never appeared has no input, since its use may not be measured. The trend needs 4 earlier weeks.
--   Where no file names users, the trend is that of uses.
-- tables: usage, subscriptions, accounts
-- column day: the as-of date
-- column account_id: the account
-- column input: active_share, activity_trend or depth
-- column raw: its value
-- column now_value: what is compared: users, or uses, a week
-- column before_value: the same in the 12 weeks before, or the seats
create macro health_usage(on_days, of_account := null) as table
with spans as (from usage_spans(on_days)),
measured as (select count(users) > 0 as by_users from usage_weeks),
seen as (
  select account_id, min(week) as first_week from usage_weeks where (of_account is null or account_id = of_account) group by account_id
),
weeks as (
  select u.account_id, u.week, u.users, u.events,
    case when m.by_users then coalesce(u.users, 0) else u.events end as activity
  from usage_weeks u, measured m
  where (of_account is null or u.account_id = of_account)
),
summed as (
  select s.day, w.account_id,
    sum(w.activity) filter (where w.week > s.last_week - 28) / 4 as recent,
    sum(w.activity) filter (where w.week <= s.last_week - 28) as earlier,
    sum(w.users) filter (where w.week > s.last_week - 28) as user_weeks,
    sum(w.events) filter (where w.week > s.last_week - 28) as uses
  from spans s
  join weeks w on w.week between s.last_week - 105 and s.last_week
  group by s.day, w.account_id
),
filled as (
  select s.day, a.account_id, coalesce(x.recent, 0) as recent, coalesce(x.earlier, 0) as earlier, x.user_weeks, x.uses,
    least(12, (s.last_week - 21 - a.first_week) // 7) as earlier_weeks
  from spans s
  join seen a on a.first_week <= s.last_week - 21
  left join summed x on x.day = s.day and x.account_id = a.account_id
)
select f.day, f.account_id, unnest([
    {
      input: 'active_share', raw: case when (select by_users from measured) then f.recent / t.seats end,
      now_value: f.recent, before_value: t.seats
    },
    {
      input: 'activity_trend', raw: case when f.earlier_weeks >= 4 then f.recent / nullif(f.earlier / f.earlier_weeks, 0) end,
      now_value: f.recent, before_value: f.earlier / nullif(f.earlier_weeks, 0)
    },
    {
      input: 'depth', raw: f.uses / nullif(f.user_weeks, 0), now_value: f.uses / nullif(f.user_weeks, 0), before_value: null
    }
  ], recursive := true)
from filled f
left join seats_on(on_days, of_account) t on t.day = f.day and t.account_id = f.account_id
