-- Backlog
-- words: Tickets opened and solved in each month, and open at its end.
-- formula: open at the end = all that came in so far - all that were solved so far
-- edge cases: A ticket closed at an unknown time is not counted as open, and is counted separately. The month in
--   progress ends with the as-of date.
-- tables: tickets, accounts
-- column month: first day of the month
-- column opened: tickets opened
-- column solved: tickets that were solved
-- column backlog: tickets open at the end of the month
-- column undated: tickets opened and are closed, nobody knows since when
-- column final: the month is over
create macro ticket_backlog(start_day, end_day, as_of_day, wanted := '{}') as table
with bounds as (
  select least(coalesce(cast(end_day as date), cast(as_of_day as date) + 1), cast(as_of_day as date) + 1) as closes
),
seen as (
  select i.created_on, coalesce(t.solved_at, t.created_at + to_minutes(cast(t.resolution_minutes as bigint))) as ended_at,
    coalesce(regexp_matches(lower(t.status),
      'solved|closed|resolved|done|completed|geschlossen|gelöst|erledigt|закры|реш|cerrad|resuelt|fermé|résolu|关闭|解决'), false)
      as closed
  from tickets_in(null, null, wanted) i
  join tickets t on t.ticket_id = i.ticket_id
),
steps as (
  select cast(date_trunc('month', created_on) as date) as month, 1 as opened, 0 as solved, 0 as undated
  from seen, bounds where created_on < closes and (ended_at is not null or not closed)
  union all
  select cast(date_trunc('month', greatest(ended_at, created_on)) as date), 0, 1, 0
  from seen, bounds where ended_at < closes and created_on < closes
  union all
  select cast(date_trunc('month', created_on) as date), 0, 0, 1
  from seen, bounds where created_on < closes and ended_at is null and closed
),
months as (
  select cast(unnest(generate_series(
    (select min(month) from steps), date_trunc('month', (select closes from bounds) - 1), interval 1 month
  )) as date) as month
),
counted as (
  select m.month, coalesce(sum(s.opened), 0) as opened, coalesce(sum(s.solved), 0) as solved,
    coalesce(sum(s.undated), 0) as undated
  from months m left join steps s on s.month = m.month
  group by m.month
),
running as (
  select month, cast(opened as bigint) as opened, cast(solved as bigint) as solved,
    cast(sum(opened - solved) over (order by month) as bigint) as backlog, cast(undated as bigint) as undated,
    month + interval 1 month <= (select closes from bounds) as final
  from counted
)
select * from running
where cast(start_day as date) is null or month >= date_trunc('month', cast(start_day as date))
order by month
