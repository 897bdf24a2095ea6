-- SLA targets
-- words: Minutes within which a ticket of a priority should get a first response and be resolved.
-- formula: none: settings of the workspace, "sla reply urgent" and "sla resolution urgent", in minutes
-- edge cases: There are no targets by default: what is promised differs from contract to contract. A setting that is
--   not a number is ignored. Other names of a priority have the same target: critical and highest that of urgent,
--   medium that of normal, lowest that of low.
-- tables: tickets
-- column measure: reply or resolution
-- column priority: the priority, in lower case
-- column minutes: the target
create view sla_targets as
select split_part(name, ' ', 2) as measure, lower(trim(substr(name, length(split_part(name, ' ', 2)) + 6))) as priority,
  try_cast(value as double) as minutes
from settings
where (name like 'sla reply %' or name like 'sla resolution %') and try_cast(value as double) > 0
