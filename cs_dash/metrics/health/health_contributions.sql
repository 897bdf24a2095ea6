-- Points of the health score by input
-- words: How many points of the score each input brings an account on each day.
-- formula: weight of the input among those present x its points; weight = group weight / group weights present x weight in the
--   group / weights present in the group
-- edge cases: The contributions of an account add up to its score before rounding, also where too little is known to score it.
--   An input that is missing has no row; the others share its weight. With an account, only that one is looked at.
-- tables: usage, surveys, tickets, subscriptions, notes, accounts
-- column day: the day
-- column account_id: the account
-- column input: the input
-- column place: order of the input
-- column group_name: its group
-- column raw: raw value
-- column now_value: what is compared, now
-- column before_value: what it is compared with
-- column points: points of the input, 0 to 100
-- column weight: its weight among the inputs present, 0 to 1
-- column contribution: weight x points
create macro health_contributions(on_days, wanted := '{}', of_account := null) as table
with inputs as (
  select i.day, i.account_id, i.input, i.raw, i.now_value, i.before_value, i.points, w.place, w.group_name, w.group_weight,
    w.weight / sum(w.weight) over (partition by i.day, i.account_id, w.group_name) as part_of_group
  from health_inputs(on_days, wanted, of_account) i
  join health_weights w on w.input = i.input
  where w.group_weight > 0
),
present as (
  select day, account_id, sum(group_weight) as total
  from (select distinct day, account_id, group_name, group_weight from inputs)
  group by day, account_id
)
select i.day, i.account_id, i.input, i.place, i.group_name, i.raw, i.now_value, i.before_value, i.points,
  i.group_weight / p.total * i.part_of_group as weight, i.group_weight / p.total * i.part_of_group * i.points as contribution
from inputs i
join present p on p.day = i.day and p.account_id = i.account_id
