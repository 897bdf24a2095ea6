-- Use of each feature by one account
-- words: How many users of an account used each feature a week, in spans of four whole weeks up to a day.
-- formula: distinct users of each week, mean of the four weeks of a span; uses where no file names users
-- edge cases: A week without use counts as 0 once the account has been seen. Core features that it never used are listed with 0.
--   Use that is not known up to 28 days before the day: no rows. The row without a feature is all use together.
-- tables: usage
-- column feature: the feature; empty for all use
-- column is_core: some file marks it as a core feature
-- column by_users: users are counted; else uses
-- column recent: mean of the last four whole weeks; empty where the account has been seen for less
-- column earlier: mean of the four weeks before them
-- column trend: means of up to 13 spans, the oldest first
create macro account_feature_use(of_account, on_day) as table
with span as (select last_week from usage_spans([cast(on_day as date)])),
measured as (select count(users) > 0 as by_users from usage_weeks),
seen as (select min(week) as first_week from usage_weeks where account_id = of_account),
weeks as (
  select cast(s.last_week - b.days_back as date) as week, cast(b.days_back // 28 as integer) as spans_back
  from span s
  cross join seen f
  cross join (select cast(unnest(range(0, 364, 7)) as integer) as days_back) b
  where s.last_week - b.days_back // 28 * 28 - 21 >= f.first_week
),
activity as (
  select week, feature, users, events from usage_feature_weeks where account_id = of_account
  union all
  select week, null as feature, users, events from usage_weeks where account_id = of_account
),
features as (
  select feature, bool_or(is_core) as is_core
  from usage_feature_weeks
  where is_core or account_id = of_account
  group by feature
  union all
  select null as feature, false as is_core
),
spans as (
  select f.feature, f.is_core, w.spans_back, m.by_users,
    sum(coalesce(case when m.by_users then a.users else a.events end, 0)) / 4 as mean
  from features f
  cross join weeks w
  cross join measured m
  left join activity a on a.week = w.week and a.feature is not distinct from f.feature
  group by f.feature, f.is_core, w.spans_back, m.by_users
)
select feature, is_core, by_users, any_value(mean) filter (where spans_back = 0) as recent,
  any_value(mean) filter (where spans_back = 1) as earlier, list(mean order by spans_back desc) as trend
from spans
group by feature, is_core, by_users
order by feature is not null, recent desc nulls last, feature
