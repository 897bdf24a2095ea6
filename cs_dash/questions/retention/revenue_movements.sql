-- Revenue movements
-- words: What moved the recurring revenue between two days, account by account: who came, came back, grew, shrank, left.
-- formula: MRR at the end = MRR at the start + new + reactivation + expansion - contraction - churn + fx
-- edge cases: Ending one of several subscriptions is contraction, not churn. An account that joined and left between
--   the two days appears in neither balance. fx is 0: each line keeps the rate of its start; see
--   retention over windows at current rates.
-- source: ChartMogul and Baremetrics, MRR movements; the movements are taken per account
-- tables: subscriptions, accounts
-- column window_start: the first balance
-- column window_end: the last balance
-- column mrr_start: MRR on the first day
-- column new: MRR of accounts that had never paid before
-- column reactivation: MRR of accounts that had paid before, but not on the first day
-- column expansion: growth of accounts that paid on both days
-- column contraction: shrinkage of accounts that paid on both days
-- column churn: MRR of accounts that paid on the first day and not on the last
-- column fx: revenue that moved by exchange rates alone
-- column mrr_end: MRR on the last day
-- column accounts_start: accounts paying on the first day
-- column accounts_end: accounts paying on the last day
-- column accounts_new: accounts that had never paid before
-- column accounts_returned: accounts that came back
-- column accounts_left: accounts that paid on the first day and not on the last
-- column joined_and_left: accounts that first paid between the two days and paid nothing on the last
create macro revenue_movements(start_days, end_days, wanted := '{}') as table
select
  window_start, window_end,
  round(sum(s), 6) as mrr_start,
  round(coalesce(sum(e) filter (where s = 0 and first_day > window_start), 0), 6) as new,
  round(coalesce(sum(e) filter (where s = 0 and first_day <= window_start), 0), 6) as reactivation,
  round(coalesce(sum(e - s) filter (where s > 0 and e > s), 0), 6) as expansion,
  round(coalesce(sum(s - e) filter (where e > 0 and s > e), 0), 6) as contraction,
  round(coalesce(sum(s) filter (where e = 0), 0), 6) as churn,
  cast(0 as double) as fx,
  round(sum(e), 6) as mrr_end,
  count(*) filter (where s > 0) as accounts_start,
  count(*) filter (where e > 0) as accounts_end,
  count(*) filter (where s = 0 and e > 0 and first_day > window_start) as accounts_new,
  count(*) filter (where s = 0 and e > 0 and first_day <= window_start) as accounts_returned,
  count(*) filter (where s > 0 and e = 0) as accounts_left,
  count(*) filter (where s = 0 and e = 0 and first_day > window_start) as joined_and_left
from account_windows(start_days, end_days, wanted)
group by window_start, window_end
order by window_end, window_start
