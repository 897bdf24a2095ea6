-- First response and resolution times
-- words: Time to first response and to resolution of the tickets of the period, and the waiting time so far of open
--   tickets.
-- formula: minutes from when a ticket came in; open ones are counted up to the end of the as-of date and marked as
--   not ended
-- edge cases: A time that the export gives in minutes goes before one of two dates. A ticket that is closed without a
--   known time has neither ended nor waited: its minutes are empty. A time below 0 is empty, too. Where no ticket has a
--   status or a time of its answer or solution, nobody knows which of them wait. The clock runs at night and on
--   weekends. Between two dates without times of day a time is known in whole days only: on the same day it is not 0,
--   but less than a day.
-- source: open tickets are right-censored: leaving them out would call a desk fast that leaves the hard ones lying
-- tables: tickets, accounts
-- column measure: reply or resolution
-- column priority: its priority, in lower case
-- column minutes: how long, in whole minutes
-- column ended: whether it had been answered or solved by then
-- column by_day: it lies between two dates without times of day
-- column known: whether statuses or times tell which tickets wait
-- column tickets: how many tickets are so
create macro ticket_times(start_day, end_day, as_of_day, wanted := '{}') as table
with seen as (
  select lower(t.priority) as priority,
    coalesce(t.first_reply_minutes, date_diff('minute', t.created_at, t.first_reply_at)) as reply,
    coalesce(t.resolution_minutes, date_diff('minute', t.created_at, t.solved_at)) as resolution,
    t.first_reply_minutes is null and t.first_reply_at = date_trunc('day', t.first_reply_at)
      and t.created_at = date_trunc('day', t.created_at) as reply_by_day,
    t.resolution_minutes is null and t.solved_at = date_trunc('day', t.solved_at)
      and t.created_at = date_trunc('day', t.created_at) as resolution_by_day,
    date_diff('minute', t.created_at, cast(cast(as_of_day as date) + 1 as timestamp)) as watched,
    coalesce(regexp_matches(lower(t.status),
      'solved|closed|resolved|done|completed|geschlossen|gelöst|erledigt|закры|реш|cerrad|resuelt|fermé|résolu|关闭|解决'), false)
      as closed
  from tickets_in(start_day, end_day, wanted) i
  join tickets t on t.ticket_id = i.ticket_id
),
each as (
  select 'reply' as measure, priority, reply as took, watched, closed or coalesce(resolution <= watched, false) as over,
    coalesce(reply_by_day, false) as by_day
  from seen
  union all
  select 'resolution', priority, resolution, watched, closed, coalesce(resolution_by_day, false) from seen
),
hints as (
  select count(status) + count(first_reply_minutes) + count(resolution_minutes) + count(first_reply_at) + count(solved_at) > 0
    as known
  from tickets
),
told as (
  select measure, priority, known,
    case when took < 0 or not known then null when took <= watched then took when took is null and over then null else watched end as minutes,
    coalesce(took between 0 and watched, false) as ended, by_day
  from each, hints
  where watched >= 0
)
select measure, priority, round(minutes) as minutes, ended, by_day, known, count(*) as tickets
from told
group by all
order by measure, priority, minutes, ended
