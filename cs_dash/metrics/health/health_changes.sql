-- Why a health score changed
-- words: The points that each input brings an account on two days, and what of the difference comes from the input itself.
-- formula: an input known on both days is compared at its weight of the first day; the row "weights" has the rest: what the
--   inputs gain or lose because others went missing or came in and the weights are shared anew
-- edge cases: Both columns add up to the scores of the two days before rounding. An input that is unknown on a day is empty
--   there. Without any change of weights there is no row "weights".
-- tables: usage, surveys, tickets, subscriptions, notes, accounts
-- column account_id: the account
-- column input: the input, or weights
-- column group_name: its group; empty for weights
-- column place: order of the input
-- column value_before: what is compared, on the first day
-- column base_before: what it is compared with, on the first day
-- column raw_before: raw value on the first day
-- column value_after: what is compared, on the second day
-- column base_after: what it is compared with, on the second day
-- column raw_after: raw value on the second day
-- column points_before: points of the score on the first day
-- column points_after: points of the score on the second day
create macro health_changes(earlier_day, later_day, wanted := '{}', of_account := null) as table
with parts as (
  from health_contributions([cast(earlier_day as date), cast(later_day as date)], wanted, of_account)
),
pairs as (
  select coalesce(b.account_id, a.account_id) as account_id, coalesce(b.input, a.input) as input,
    coalesce(b.group_name, a.group_name) as group_name, coalesce(b.place, a.place) as place,
    b.now_value as value_before, b.before_value as base_before, b.raw as raw_before,
    a.now_value as value_after, a.before_value as base_after, a.raw as raw_after,
    b.contribution as points_before,
    case when b.weight is null or a.weight is null then a.contribution else b.weight * a.points end as points_after,
    coalesce((a.weight - b.weight) * a.points, 0) as reweighted
  from (from parts where day = cast(earlier_day as date)) b
  full join (from parts where day = cast(later_day as date)) a on a.account_id = b.account_id and a.input = b.input
)
select * exclude (reweighted) from pairs
union all
select account_id, 'weights' as input, null, 1000 as place, null, null, null, null, null, null, 0 as points_before,
  sum(reweighted) as points_after
from pairs
group by account_id
having abs(sum(reweighted)) > 1e-9
order by account_id, place
