-- Health by segment and input group
-- words: Average points of each input group for each value of a dimension.
-- formula: mean of the accounts' points in the group of inputs
-- edge cases: Accounts without any input of the group are excluded from its mean, and counted in n.
-- tables: usage, surveys, tickets, subscriptions, notes, accounts
-- column value: value of the dimension
-- column group_name: usage, adoption, satisfaction, support, fiscal or pulse
-- column points: mean points, 0 to 100
-- column accounts: accounts with an input in the group
-- column mrr: their MRR
create macro health_by_group(by_field, on_day, wanted := '{}') as table
select d.value, g.group_name, round(avg(g.points), 6) as points, count(*) as accounts, round(sum(g.mrr), 6) as mrr
from health_groups([cast(on_day as date)], wanted) g
join account_dimensions d on d.account_id = g.account_id and d.field = by_field
group by d.value, g.group_name
order by d.value, g.group_name
