-- Why a health score is not 100
-- words: The points that each input costs an account, the largest first.
-- formula: points lost = weight of the input among those present x (100 - its points)
-- edge cases: The points lost of an account add up to 100 less its score (before rounding).
-- tables: usage, surveys, tickets, subscriptions, notes, accounts
-- column account_id: the account
-- column place: 1 for the input that costs most
-- column input: the input
-- column group_name: its group
-- column raw: raw value
-- column now_value: what is compared, now
-- column before_value: what it is compared with
-- column points: points of the input, 0 to 100
-- column lost: points of the score that it costs
create macro health_reasons(on_day, wanted := '{}') as table
with inputs as (
  select i.account_id, i.input, i.raw, i.now_value, i.before_value, i.points, w.group_name, w.group_weight, w.weight,
    sum(w.weight) over (partition by i.account_id, w.group_name) as weight_in_group
  from health_inputs([cast(on_day as date)], wanted) i
  join health_weights w on w.input = i.input
  where w.group_weight > 0
),
present as (
  select account_id, sum(group_weight) as weight
  from (select distinct account_id, group_name, group_weight from inputs)
  group by account_id
),
costed as (
  select i.*, i.group_weight / p.weight * i.weight / i.weight_in_group * (100 - i.points) as lost
  from inputs i
  join present p on p.account_id = i.account_id
)
select account_id, row_number() over (partition by account_id order by lost desc, input) as place, input, group_name, raw,
  now_value, before_value, points, lost
from costed
order by account_id, place
