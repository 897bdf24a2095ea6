-- Tickets by topic and period
-- words: How many how-to tickets and feature requests each topic had in each of several periods.
-- formula: start <= created_at < end
-- edge cases: Ignored topics are excluded. A topic that began after a period has no row for it.
-- tables: tickets, accounts
-- column window_start: the period's first day; empty: since the beginning
-- column window_end: the first day after the period; empty: no end
-- column topic: id of the topic
-- column label: its name
-- column tickets: its tickets in the period
-- column first_on: day of its first ticket
create macro topic_volumes(start_days, end_days, as_many, wanted := '{}') as table
with windows as (
  select distinct cast(window_start as date) as window_start, cast(window_end as date) as window_end
  from (select unnest(start_days) as window_start, unnest(end_days) as window_end)
),
told as (
  select topic, label, created_on
  from topic_tickets(null, null, as_many, wanted)
  where topic is not null and not ignored
)
select w.window_start, w.window_end, t.topic, any_value(t.label) as label,
  count(*) filter (where w.window_start is null or t.created_on >= w.window_start) as tickets,
  min(t.created_on) as first_on
from told t
join windows w on w.window_end is null or t.created_on < w.window_end
group by w.window_start, w.window_end, t.topic
order by w.window_end, w.window_start, t.topic
