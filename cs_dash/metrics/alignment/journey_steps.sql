-- Days between touchpoints
-- words: For each account and each touchpoint that it reached, the days until the next one of the journey; from signing also
--   to every later one.
-- formula: days from a touchpoint to the next that occurs in the data; days so far where that has not come
-- edge cases: An account that went on to a later touchpoint without the next one skipped it and has no days. Days so far end
--   with the as-of date or the day on which the account left. A touchpoint that came before the earlier one counts as 0 days.
-- source: METRICS, team and alignment; Kaplan and Meier for days that have not ended
-- tables: milestones, accounts, subscriptions, usage
-- column account_id: the account
-- column account: its name
-- column csm: its customer success manager (CSM)
-- column mrr: its MRR on the as-of date
-- column from_touchpoint: the touchpoint that it reached
-- column from_place: its place
-- column touchpoint: the next one
-- column place: its place
-- column is_next: it is the next one; false for a later one, from signing
-- column since: the day of the first
-- column days: days until the next, or so far; empty where it was skipped
-- column is_reached: it reached the next one
-- column is_skipped: it went on without it
-- column has_left: it left before
-- column is_waiting: it is there and has not reached it yet
create macro journey_steps(as_of_day, wanted := '{}') as table
with points as materialized (
  select t.*
  from account_touchpoints t
  where t.reached_on <= cast(as_of_day as date) and t.account_id in (from in_scope(wanted))
),
present as (
  select place, any_value(touchpoint) as touchpoint, lead(place) over (order by place) as next_place
  from points
  group by place
),
steps as (
  select p.place as from_place, p.touchpoint as from_touchpoint, n.place, n.touchpoint, n.place = p.next_place as is_next
  from present p
  join present n on n.place = p.next_place or (p.place = 1 and n.place > 1)
),
furthest as (select account_id, max(place) as place from points group by account_id)
select p.account_id, coalesce(a.account, p.account_id) as account, a.csm, m.mrr, s.from_touchpoint, s.from_place, s.touchpoint, s.place, s.is_next, p.reached_on as since,
  case
    when n.account_id is not null then greatest(date_diff('day', p.reached_on, n.reached_on), 0)
    when f.place > s.place then null
    else greatest(date_diff('day', p.reached_on, e.observed_to) - 1, 0)
  end as days,
  n.account_id is not null as is_reached, n.account_id is null and f.place > s.place as is_skipped,
  n.account_id is null and f.place < s.place and e.has_left as has_left,
  n.account_id is null and f.place < s.place and not e.has_left as is_waiting
from points p
join steps s on s.from_place = p.place
join furthest f on f.account_id = p.account_id
join journey_ends(as_of_day) e on e.account_id = p.account_id
join accounts a on a.account_id = p.account_id
left join mrr_on(cast(as_of_day as date)) m on m.account_id = p.account_id
left join points n on n.account_id = p.account_id and n.place = s.place
