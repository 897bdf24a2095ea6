-- Churn periods
-- words: The requested periods, each with its as-of date.
-- tables: churn_events
-- column window_start: the period's first day; empty: since the beginning
-- column window_end: the first day after the period; empty: no end
-- column looked_from: the as-of date
create macro churn_windows(start_days, end_days, as_of_days) as table
select distinct
  cast(window_start as date) as window_start, cast(window_end as date) as window_end, cast(looked_from as date) as looked_from
from (select unnest(start_days) as window_start, unnest(end_days) as window_end, unnest(as_of_days) as looked_from)
