-- Snapshot and movements compared
-- words: Why retention by snapshot and by movements differ over the same window, in MRR. Each difference is split
--   between the accounts paying on the first day and all others.
-- formula: NRR by movements x MRR at the start = NRR by snapshot x MRR at the start + nrr_newcomers - nrr_returns; and
--   for GRR: - grr_newcomers - grr_made_good
-- edge cases: Both lines tie to zero. An account that paid one amount on all days adds nothing to any of the parts.
-- source: SaaS Capital for snapshot, ChartMogul for movements
-- tables: subscriptions, accounts
-- column nrr_newcomers: growth less losses, after their arrival, of accounts that did not pay on the first day
-- column nrr_returns: MRR that accounts of the first day brought back after a gap: kept by snapshot, excluded by
--   movements
-- column grr_newcomers: losses of accounts that did not pay on the first day
-- column grr_made_good: losses of accounts of the first day that later growth or a return made good by the last day
create macro retention_conventions(start_day, end_day, wanted := '{}') as table
with steps as (
  from month_steps([cast(start_day as date)], [cast(end_day as date)])
),
pairs as (
  select step_start as pair_start, step_end as pair_end, true as is_step from steps
  union all
  select distinct window_start, window_end, false from steps
),
accounts_moved as (
  select p.is_step, a.*
  from account_changes(
    (select list(pair_start order by pair_end, pair_start) from pairs),
    (select list(pair_end order by pair_end, pair_start) from pairs),
    wanted
  ) a
  join pairs p on p.pair_start = a.window_start and p.pair_end = a.window_end
),
sums as (
  select account_id,
    sum(s) filter (where not is_step) as s,
    sum(e) filter (where not is_step) as e,
    coalesce(sum(e) filter (where is_step and s = 0), 0) as arrived,
    coalesce(sum(greatest(e - s, 0)) filter (where is_step and s > 0), 0) as grown,
    coalesce(sum(greatest(s - e, 0)) filter (where is_step), 0) as lost
  from accounts_moved
  group by account_id
)
select
  coalesce(sum(grown - lost) filter (where s = 0), 0) as nrr_newcomers,
  coalesce(sum(arrived) filter (where s > 0), 0) as nrr_returns,
  coalesce(sum(lost) filter (where s = 0), 0) as grr_newcomers,
  coalesce(sum(lost - greatest(s - e, 0)) filter (where s > 0), 0) as grr_made_good
from sums
