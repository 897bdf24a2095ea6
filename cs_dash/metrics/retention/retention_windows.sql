-- Retention over windows
-- words: Retention of the accounts paying on a window's first day, and the movements of MRR as a whole.
-- formula: nrr = sum(e) / sum(s), grr = sum(min(s, e)) / sum(s), logos = count(e > 0) / count(s > 0), over the
--   accounts with s > 0; s and e are an account's MRR on the window's first and last day
-- edge cases: The minimum is taken per account: capping the total would hide losses behind other accounts' growth. No
--   paying account on the first day: empty, never 0. The figures by movements add up each month's changes, also those
--   of accounts that joined inside the window. The standard errors are those of a ratio: sqrt(n / (n - 1) sum((e - R
--   s)^2)) / sum(s); for nrr not below that of accounts whose growth has nothing to do with their size, sqrt(sum(s (e /
--   s - R)^2) / sum(s) / (effective - 1)), because few large accounts tell too little of their own spread.
-- source: SaaS Capital, retention survey; Gold, Fighting Churn with Data, chapter 2; ChartMogul for the movements;
--   Cochran, Sampling techniques, 6.3, and Kish, Survey sampling, 11.7, for the standard errors
-- tables: subscriptions, accounts
-- column window_start: the window's first day
-- column window_end: the window's last day
-- column nrr: net revenue retention, a share of the first day's MRR
-- column grr: gross revenue retention, a share of the first day's MRR
-- column logos: share of the first day's accounts that pay on the last day
-- column nrr_movements: 1 - (churn + contraction - expansion) / MRR at the start, each month's movements added up
-- column grr_movements: 1 - (churn + contraction) / MRR at the start, each month's movements added up
-- column quick: (new + expansion + reactivation) / (contraction + churn) of the months; empty without losses
-- column arpa: MRR on the last day per paying account
-- column mrr_start: MRR on the first day
-- column mrr_end: MRR on the last day, new accounts included
-- column mrr_kept: MRR on the last day of the accounts that paid on the first
-- column accounts_start: accounts paying on the first day
-- column accounts_end: accounts paying on the last day, new ones included
-- column accounts_kept: accounts paying on both days
-- column nrr_error: standard error of nrr, the window's accounts taken as a sample of such accounts
-- column grr_error: standard error of grr, likewise
-- column effective_accounts: how many equally large accounts would tell as much: (sum s)^2 / sum(s^2), after Kish
-- column gains: new + expansion + reactivation of the months
-- column losses: contraction + churn of the months
-- column left_by_month: churned accounts, month by month; who left, came back and left again counts twice
-- column account_months: accounts paying at the start of each month, added up over the months
create macro retention_windows(start_days, end_days, wanted := '{}') as table
with steps as (
  from month_steps(start_days, end_days)
),
pairs as (
  select window_start, window_end from steps union select step_start, step_end from steps
),
moved as (
  from revenue_movements(
    (select list(window_start order by window_end, window_start) from pairs),
    (select list(window_end order by window_end, window_start) from pairs),
    wanted
  )
),
added as (
  select s.window_start, s.window_end,
    round(sum(m.new + m.expansion + m.reactivation), 6) as gains, round(sum(m.contraction + m.churn), 6) as losses,
    round(sum(m.expansion), 6) as grown, sum(m.accounts_left) as left_by_month, sum(m.accounts_start) as account_months
  from steps s
  join moved m on m.window_start = s.step_start and m.window_end = s.step_end
  group by s.window_start, s.window_end
),
whole as (
  select *,
    round(mrr_start + expansion - contraction - churn, 6) as mrr_kept,
    round(mrr_start + expansion - contraction - churn, 6) / nullif(mrr_start, 0) as nrr,
    round(mrr_start - contraction - churn, 6) / nullif(mrr_start, 0) as grr,
    mrr_start * mrr_start / nullif(start_squares, 0) as effective_accounts,
    accounts_start / nullif(accounts_start - 1, 0) as of_sample
  from moved
)
select
  e.window_start, e.window_end, e.nrr, e.grr,
  (e.accounts_start - e.accounts_left) / nullif(e.accounts_start, 0) as logos,
  1 - (a.losses - a.grown) / nullif(e.mrr_start, 0) as nrr_movements,
  1 - a.losses / nullif(e.mrr_start, 0) as grr_movements,
  a.gains / nullif(a.losses, 0) as quick,
  e.mrr_end / nullif(e.accounts_end, 0) as arpa,
  e.mrr_start, e.mrr_end,
  e.mrr_kept,
  e.accounts_start, e.accounts_end, e.accounts_start - e.accounts_left as accounts_kept,
  round(greatest(
    sqrt(of_sample * greatest(e.kept_squares - 2 * e.nrr * e.kept_products + e.nrr * e.nrr * e.start_squares, 0))
      / nullif(e.mrr_start, 0),
    sqrt(
      greatest(e.kept_over_start / nullif(e.mrr_start, 0) - e.nrr * e.nrr, 0)
      / nullif(greatest(e.effective_accounts - 1, 0), 0)
    )
  ), 6) as nrr_error,
  round(
    sqrt(of_sample * greatest(e.capped_squares - 2 * e.grr * e.capped_products + e.grr * e.grr * e.start_squares, 0))
      / nullif(e.mrr_start, 0), 6
  ) as grr_error,
  round(e.effective_accounts, 6) as effective_accounts,
  a.gains, a.losses, cast(a.left_by_month as bigint) as left_by_month, cast(a.account_months as bigint) as account_months
from added a
join whole e on e.window_start = a.window_start and e.window_end = a.window_end
order by e.window_end, e.window_start
