-- Cost of how-to tickets
-- words: Handling time of how-to tickets, from the export, times the cost per hour.
-- formula: minutes of work x cost per hour / 60, added up over how-to tickets
-- edge cases: Where the export has no minutes for a ticket, the setting howto_minutes stands for them; where no cost
--   is available from minutes, the setting howto_ticket_cost is taken for the ticket. None of the settings has a
--   default: a ticket without a known cost is excluded and counted separately, never as 0. Negative minutes are
--   ignored. Categories are those of the unadjusted share; no audit corrects them.
-- tables: tickets
-- column window_start: the period's first day; empty: since the beginning
-- column window_end: the first day after the period; empty: no end
-- column howto: how-to tickets
-- column measured: how-to tickets whose minutes of work the export has
-- column minutes: those minutes, added up
-- column timed: how-to tickets with minutes, of the export or of the setting
-- column worked: minutes of all of these
-- column costed: how-to tickets with a cost
-- column flat: those of them whose cost is the setting's for a ticket
-- column cost: their cost, in the reporting currency
-- column hour: what an hour costs, as set
create macro howto_cost(start_days, end_days, wanted := '{}') as table
with windows as (
  select distinct cast(window_start as date) as window_start, cast(window_end as date) as window_end
  from (select unnest(start_days) as window_start, unnest(end_days) as window_end)
),
told as (
  select try_cast(max(value) filter (where name = 'cost_per_hour') as double) as hour,
    try_cast(max(value) filter (where name = 'howto_minutes') as double) as usual,
    try_cast(max(value) filter (where name = 'howto_ticket_cost') as double) as flat
  from settings
),
each as (
  select i.created_at, case when t.handling_minutes >= 0 then t.handling_minutes end as measured
  from tickets_in(null, null, wanted) i
  join tickets t on t.ticket_id = i.ticket_id
  where i.kind = 'how-to'
),
costed as (
  select e.created_at, e.measured, coalesce(e.measured, s.usual) as worked, s.hour,
    coalesce(coalesce(e.measured, s.usual) * s.hour / 60, s.flat) as cost,
    coalesce(e.measured, s.usual) * s.hour is null as by_ticket
  from each e, told s
)
select w.window_start, w.window_end, count(c.created_at) as howto, count(c.measured) as measured,
  round(sum(c.measured), 6) as minutes, count(c.worked) as timed, round(sum(c.worked), 6) as worked, count(c.cost) as costed,
  count(c.cost) filter (where c.by_ticket) as flat, round(sum(c.cost), 6) as cost, (select hour from told) as hour
from windows w
left join costed c
  on (w.window_start is null or c.created_at >= w.window_start) and (w.window_end is null or c.created_at < w.window_end)
group by w.window_start, w.window_end
order by w.window_end, w.window_start
