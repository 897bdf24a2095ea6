-- Shared goals
-- words: The goals that product and customer success share: metric, accounts, target, due day and one accountable owner.
-- source: METRICS, team and alignment
-- tables: accounts
-- column goal: id of the goal: G-1, G-2 ...
-- column title: what it is called; empty for the metric with its target
-- column metric: name of the metric
-- column feature: the feature that it is about
-- column features: how many core features it asks for
-- column filters: the accounts that it is about, as JSON: dimension and values
-- column target: the value to reach; shares from 0 to 1
-- column due: the day by which it is to be reached
-- column owner: the one accountable person
-- column team: the owner's team: product or cs
-- column teams: the teams that contribute
-- column start: the value that it starts from; empty where it is that of the day below
-- column since: the day from which progress counts
-- column months: months of its period; empty for the period that is looked at
create view shared_goals as
select subject as goal, nullif(value ->> '$.title', '') as title, value ->> '$.metric' as metric,
  nullif(value ->> '$.feature', '') as feature, cast(value ->> '$.features' as integer) as features,
  cast(value -> '$.where' as varchar) as filters, cast(value ->> '$.target' as double) as target,
  cast(value ->> '$.due' as date) as due, value ->> '$.owner' as owner, value ->> '$.team' as team,
  from_json(value -> '$.teams', '["VARCHAR"]') as teams, cast(value ->> '$.start' as double) as start,
  cast(value ->> '$.since' as date) as since, cast(value ->> '$.window' as integer) as months
from decisions
where kind = 'shared goal'
order by cast(split_part(subject, '-', 2) as integer)
