-- Retention by value of a dimension
-- words: Retention over windows for every value of one dimension of the accounts, and for all of them together.
-- formula: as retention over windows, over the accounts with the value
-- edge cases: An account without a value has the value "(none)". Every account has one value, so the values add up to the
--   total. Nobody with the value paid on the first day: the rates are empty, never 0. An account counts under the value
--   that it has now, also for the past.
-- source: as retention over windows
-- tables: subscriptions, accounts
-- column window_start: the window's first day
-- column window_end: the window's last day
-- column value: value of the dimension; empty for the total
-- column is_total: the row of all accounts
-- column nrr: net revenue retention, a share of the first day's MRR
-- column grr: gross revenue retention, a share of the first day's MRR
-- column logos: share of the first day's accounts that pay on the last day
-- column nrr_movements: net revenue retention by movements
-- column grr_movements: gross revenue retention by movements
-- column quick: (new + expansion + reactivation) / (contraction + churn) of the months; empty without losses
-- column arpa: MRR on the last day per paying account
-- column mrr_start: MRR on the first day
-- column mrr_end: MRR on the last day, new accounts included
-- column accounts_start: accounts paying on the first day
-- column accounts_end: accounts paying on the last day
-- column accounts_kept: accounts paying on both days
create macro retention_by_value(by_field, start_days, end_days, wanted := '{}') as table
with steps as (
  from month_steps(start_days, end_days)
),
pairs as (
  select window_start, window_end from steps union select step_start, step_end from steps
),
balances as (
  select a.*, d.value
  from account_windows(
    (select list(window_start order by window_end, window_start) from pairs),
    (select list(window_end order by window_end, window_start) from pairs),
    wanted
  ) a
  join account_dimensions d on d.account_id = a.account_id and d.field = by_field
),
moved as (
  select
    window_start, window_end, value, grouping(value) = 1 as is_total,
    round(sum(s), 6) as mrr_start, round(sum(e), 6) as mrr_end,
    round(coalesce(sum(e) filter (where s = 0), 0), 6) as won,
    round(coalesce(sum(e - s) filter (where s > 0 and e > s), 0), 6) as grown,
    round(coalesce(sum(s - e) filter (where s > e), 0), 6) as lost,
    count(*) filter (where s > 0) as accounts_start,
    count(*) filter (where e > 0) as accounts_end,
    count(*) filter (where s > 0 and e > 0) as accounts_kept
  from balances
  group by grouping sets ((window_start, window_end, value), (window_start, window_end))
),
added as (
  select s.window_start, s.window_end, m.value, m.is_total,
    round(sum(m.won + m.grown), 6) as gains, round(sum(m.lost), 6) as losses, round(sum(m.grown), 6) as all_grown
  from steps s
  join moved m on m.window_start = s.step_start and m.window_end = s.step_end
  group by s.window_start, s.window_end, m.value, m.is_total
)
select
  a.window_start, a.window_end, a.value, a.is_total,
  (m.mrr_start + m.grown - m.lost) / nullif(m.mrr_start, 0) as nrr,
  (m.mrr_start - m.lost) / nullif(m.mrr_start, 0) as grr,
  m.accounts_kept / nullif(m.accounts_start, 0) as logos,
  1 - (a.losses - a.all_grown) / nullif(m.mrr_start, 0) as nrr_movements,
  1 - a.losses / nullif(m.mrr_start, 0) as grr_movements,
  a.gains / nullif(a.losses, 0) as quick,
  coalesce(m.mrr_end, 0) / nullif(m.accounts_end, 0) as arpa,
  coalesce(m.mrr_start, 0) as mrr_start, coalesce(m.mrr_end, 0) as mrr_end,
  coalesce(m.accounts_start, 0) as accounts_start, coalesce(m.accounts_end, 0) as accounts_end,
  coalesce(m.accounts_kept, 0) as accounts_kept
from added a
left join moved m
  on m.window_start = a.window_start and m.window_end = a.window_end and m.value is not distinct from a.value
  and m.is_total = a.is_total
order by a.window_end, a.window_start, a.is_total, mrr_end desc, a.value
