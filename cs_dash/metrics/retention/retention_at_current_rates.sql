-- Retention over windows at current rates
-- words: Retention with every balance at the exchange rates of its day, for each value of one account dimension and
--   for all accounts. The effect of the rates alone is separate.
-- formula: nrr x MRR at the start = MRR at the start + expansion - contraction - churn; with fx of the retained
--   accounts it is their MRR at the end. grr leaves the expansion out
-- edge cases: As retention over windows. Without a field there is only the total. Where no rate moves, all figures
--   are those at constant rates.
-- source: METRICS of this product: rate moves are their own line
-- tables: subscriptions, accounts, fx_rates
-- column window_start: the window's first day
-- column window_end: the window's last day
-- column value: value of the dimension; empty for the total
-- column is_total: the row of all accounts
-- column nrr: net revenue retention, a share of the first day's MRR, rates apart
-- column grr: gross revenue retention, a share of the first day's MRR, rates apart
-- column logos: share of the first day's accounts that pay on the last day
-- column nrr_movements: net revenue retention by movements
-- column grr_movements: gross revenue retention by movements
-- column quick: (new + expansion + reactivation) / (contraction + churn) of the months; empty without losses
-- column arpa: MRR on the last day per paying account
-- column mrr_start: MRR on the first day, at its rates
-- column expansion: growth of accounts that paid on both days, rates apart
-- column contraction: shrinkage of accounts that paid on both days, rates apart
-- column churn: MRR of accounts that paid on the first day and not on the last
-- column fx: what rates alone moved, of accounts that paid on both days
-- column mrr_end: MRR on the last day, new accounts included, at its rates
-- column mrr_kept: MRR on the last day of the accounts that paid on the first, at its rates
-- column accounts_start: accounts paying on the first day
-- column accounts_end: accounts paying on the last day
-- column accounts_kept: accounts paying on both days
-- column gains: new + expansion + reactivation of the months
-- column losses: contraction + churn of the months
create macro retention_at_current_rates(by_field, start_days, end_days, wanted := '{}') as table
with steps as (
  from month_steps(start_days, end_days)
),
pairs as (
  select window_start, window_end from steps union select step_start, step_end from steps
),
balances as (
  select a.*, round(a.e - a.s - a.fx, 6) as change, d.value
  from windows_at_current_rates(
    (select list(window_start order by window_end, window_start) from pairs),
    (select list(window_end order by window_end, window_start) from pairs),
    wanted
  ) a
  left join account_dimensions d on d.account_id = a.account_id and d.field = by_field
),
moved as (
  select
    window_start, window_end, value, grouping(value) = 1 as is_total,
    round(sum(s), 6) as mrr_start, round(sum(e), 6) as mrr_end,
    round(coalesce(sum(e) filter (where s = 0), 0), 6) as won,
    round(coalesce(sum(e) filter (where s > 0), 0), 6) as mrr_kept,
    round(coalesce(sum(change) filter (where s > 0 and e > 0 and change > 0), 0), 6) as expansion,
    round(coalesce(-sum(change) filter (where s > 0 and e > 0 and change < 0), 0), 6) as contraction,
    round(coalesce(sum(s) filter (where e = 0), 0), 6) as churn,
    round(coalesce(sum(fx) filter (where s > 0 and e > 0), 0), 6) as fx,
    count(*) filter (where s > 0) as accounts_start,
    count(*) filter (where e > 0) as accounts_end,
    count(*) filter (where s > 0 and e > 0) as accounts_kept
  from balances
  group by grouping sets ((window_start, window_end, value), (window_start, window_end))
),
added as (
  select s.window_start, s.window_end, m.value, m.is_total,
    round(sum(m.won + m.expansion), 6) as gains, round(sum(m.contraction + m.churn), 6) as losses,
    round(sum(m.expansion), 6) as grown
  from steps s
  join moved m on m.window_start = s.step_start and m.window_end = s.step_end
  group by s.window_start, s.window_end, m.value, m.is_total
)
select
  a.window_start, a.window_end, a.value, a.is_total,
  (m.mrr_start + m.expansion - m.contraction - m.churn) / nullif(m.mrr_start, 0) as nrr,
  (m.mrr_start - m.contraction - m.churn) / nullif(m.mrr_start, 0) as grr,
  m.accounts_kept / nullif(m.accounts_start, 0) as logos,
  1 - (a.losses - a.grown) / nullif(m.mrr_start, 0) as nrr_movements,
  1 - a.losses / nullif(m.mrr_start, 0) as grr_movements,
  a.gains / nullif(a.losses, 0) as quick,
  coalesce(m.mrr_end, 0) / nullif(m.accounts_end, 0) as arpa,
  coalesce(m.mrr_start, 0) as mrr_start, coalesce(m.expansion, 0) as expansion,
  coalesce(m.contraction, 0) as contraction, coalesce(m.churn, 0) as churn, coalesce(m.fx, 0) as fx,
  coalesce(m.mrr_end, 0) as mrr_end, coalesce(m.mrr_kept, 0) as mrr_kept,
  coalesce(m.accounts_start, 0) as accounts_start, coalesce(m.accounts_end, 0) as accounts_end,
  coalesce(m.accounts_kept, 0) as accounts_kept, a.gains, a.losses
from added a
left join moved m
  on m.window_start = a.window_start and m.window_end = a.window_end and m.value is not distinct from a.value
  and m.is_total = a.is_total
where a.is_total or by_field is not null
order by a.window_end, a.window_start, a.is_total, mrr_end desc, a.value
