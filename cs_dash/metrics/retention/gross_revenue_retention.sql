-- Gross revenue retention (GRR)
-- words: Share of the starting MRR of existing accounts that is retained at the end of the window, without expansion.
--   Never above 100 %.
-- formula: sum(min(s, e)) / sum(s) over the accounts with s > 0
-- edge cases: The minimum is taken per account: A 100 to 50 and B 100 to 150 give 75 %, not 100 %.
-- source: SaaS Capital, retention survey; Gold, Fighting Churn with Data, chapter 2
-- tables: subscriptions, accounts
-- column grr: share of the first day's MRR
-- column mrr_start: MRR of those accounts on the first day
-- column accounts_start: their number
create macro gross_revenue_retention(start_day, end_day, wanted := '{}') as table
select round(mrr_start - contraction - churn, 6) / nullif(mrr_start, 0) as grr, mrr_start, accounts_start
from revenue_movements([cast(start_day as date)], [cast(end_day as date)], wanted)
