-- Usage weeks of a day
-- words: For each day, the last full week of usage known by then.
-- formula: the latest week with use that ended on or before the day
-- edge cases: No row where the latest known use is more than 28 days old.
-- tables: usage
-- column day: the day
-- column last_week: Monday of the last whole week known
create macro usage_spans(on_days) as table
with days as (select unnest(on_days) as day),
weeks as (select distinct week from usage_weeks),
known as (
  select d.day, max(w.week) as last_week
  from days d
  join weeks w on w.week + 6 <= d.day
  group by d.day
)
select day, last_week from known where day - (last_week + 6) <= 28
