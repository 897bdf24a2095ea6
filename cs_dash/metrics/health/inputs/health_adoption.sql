-- Health input: adoption
-- words: Share of core features that the account used in the last four full weeks.
-- formula: distinct core features used in 4 weeks / core features that anyone had used by then
-- edge cases: Where no file marks core features, every feature counts. An account never seen has no input.
-- tables: usage
-- column day: the as-of date
-- column account_id: the account
-- column input: core_breadth
-- column raw: its value
-- column now_value: core features used
-- column before_value: core features there are
create macro health_adoption(on_days, of_account := null) as table
with spans as (from usage_spans(on_days)),
marked as (select coalesce(bool_or(is_core), false) as any_core from usage_feature_weeks),
counted as (
  select w.account_id, w.week, w.feature
  from usage_feature_weeks w, marked m
  where w.is_core or not m.any_core
),
features as (select feature, min(week) as first_week from counted group by feature),
there as (
  select s.day, s.last_week, count(*) as features
  from spans s
  join features f on f.first_week <= s.last_week
  group by s.day, s.last_week
),
seen as (
  select account_id, min(week) as first_week from usage_weeks where (of_account is null or account_id = of_account) group by account_id
),
used as (
  select s.day, c.account_id, count(distinct c.feature) as features
  from spans s
  join counted c on c.week > s.last_week - 28 and c.week <= s.last_week
  where (of_account is null or c.account_id = of_account)
  group by s.day, c.account_id
)
select t.day, a.account_id, 'core_breadth' as input, coalesce(u.features, 0) / t.features as raw,
  coalesce(u.features, 0) as now_value, t.features as before_value
from there t
join seen a on a.first_week <= t.last_week - 21
left join used u on u.day = t.day and u.account_id = a.account_id
