-- Net revenue retention (NRR)
-- words: Share of the starting MRR of existing accounts that they pay at the end of the window, including expansion,
--   contraction and churn. Above 100 % existing accounts grow faster than they churn.
-- formula: sum(e) / sum(s) over the accounts with s > 0
-- edge cases: No new business, and no account that did not pay on the first day. No paying account then: empty, never
--   0.
-- source: SaaS Capital, retention survey; Gold, Fighting Churn with Data, chapter 2
-- tables: subscriptions, accounts
-- column nrr: share of the first day's MRR
-- column mrr_start: MRR of those accounts on the first day
-- column mrr_kept: MRR of the same accounts on the last day
-- column accounts_start: their number
create macro net_revenue_retention(start_day, end_day, wanted := '{}') as table
select
  round(mrr_start + expansion - contraction - churn, 6) / nullif(mrr_start, 0) as nrr, mrr_start,
  round(mrr_start + expansion - contraction - churn, 6) as mrr_kept, accounts_start
from revenue_movements([cast(start_day as date)], [cast(end_day as date)], wanted)
