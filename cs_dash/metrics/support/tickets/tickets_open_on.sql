-- Tickets open on a day
-- words: The tickets that had come in by the end of a day and were not solved by then.
-- formula: created on or before the day, and solved after it or not yet
-- edge cases: A ticket that is closed without a known time is left out: nobody knows when it was open. What happened after
--   the as-of date is not known on it. As in the backlog by month, whose last days these are.
-- tables: tickets
-- column ticket_id: the ticket's number
create macro tickets_open_on(on_day, as_of_day, wanted := '{}') as table
with seen as (
  select i.ticket_id, i.created_on,
    coalesce(t.solved_at, t.created_at + to_minutes(cast(t.resolution_minutes as bigint))) as ended_at,
    coalesce(regexp_matches(lower(t.status),
      'solved|closed|resolved|done|completed|geschlossen|gelöst|erledigt|закры|реш|cerrad|resuelt|fermé|résolu|关闭|解决'), false)
      as closed
  from tickets_in(null, null, wanted) i
  join tickets t on t.ticket_id = i.ticket_id
)
select ticket_id
from seen
where created_on <= least(cast(on_day as date), cast(as_of_day as date)) and (ended_at is not null or not closed)
  and (ended_at is null or greatest(cast(ended_at as date), created_on) > least(cast(on_day as date), cast(as_of_day as date)))
