-- Month steps of windows
-- words: The days one month apart from the end of a window back to its start.
-- edge cases: A window that ends on the last day of a month steps from month end to month end.
-- tables: subscriptions
-- column window_start: the window's first day
-- column window_end: the window's last day
-- column step_start: first day of the step
-- column step_end: last day of the step
create macro month_steps(start_days, end_days) as table
with windows as (
  select distinct cast(window_start as date) as window_start, cast(window_end as date) as window_end
  from (select unnest(start_days) as window_start, unnest(end_days) as window_end)
),
counted as (
  select *, unnest(range(date_diff('month', window_start, window_end))) as months_back from windows
),
stepped as (
  select *,
    case when window_end = last_day(window_end)
      then last_day(date_trunc('month', window_end) - to_months(cast(months_back as integer)))
      else cast(window_end - to_months(cast(months_back as integer)) as date) end as step_end,
    case when window_end = last_day(window_end)
      then last_day(date_trunc('month', window_end) - to_months(cast(months_back as integer) + 1))
      else cast(window_end - to_months(cast(months_back as integer) + 1) as date) end as step_start
  from counted
)
select window_start, window_end, greatest(step_start, window_start) as step_start, step_end from stepped
