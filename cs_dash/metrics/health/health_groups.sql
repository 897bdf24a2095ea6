-- Health score by input group
-- words: Points of each input group of each account on each day.
-- formula: sum(weight x points) / sum(weight) over the inputs of the group that are present
-- edge cases: A group without any input has no row.
-- tables: usage, surveys, tickets, subscriptions, notes, accounts
-- column day: the day
-- column account_id: the account
-- column mrr: its MRR on the day
-- column group_name: usage, adoption, satisfaction, support, fiscal or pulse
-- column points: 0 to 100
-- column group_weight: weight of the group
-- column weight_known: weight of the group that is known
create macro health_groups(on_days, wanted := '{}', of_account := null) as table
with totals as (select group_name, sum(weight) as weight from health_weights group by group_name)
select i.day, i.account_id, any_value(i.mrr) as mrr, w.group_name, sum(w.weight * i.points) / sum(w.weight) as points,
  any_value(w.group_weight) as group_weight, any_value(w.group_weight) * sum(w.weight) / any_value(t.weight) as weight_known
from health_inputs(on_days, wanted, of_account) i
join health_weights w on w.input = i.input
join totals t on t.group_name = w.group_name
where w.group_weight > 0
group by i.day, i.account_id, w.group_name
