-- Logo retention
-- words: Share of the accounts paying at the start of the window that pay at its end. Each account counts once, large
--   or small.
-- formula: count(e > 0) / count(s > 0)
-- edge cases: An account that churned and was won back before the end is retained. One that joined inside the window
--   is not in the base. Interval: Wilson, 95 %.
-- source: SaaS Capital, retention survey; Wilson 1927 for the interval
-- tables: subscriptions, accounts
-- column logo_retention: share of the accounts
-- column accounts_start: accounts paying on the first day
-- column accounts_kept: those of them that pay on the last day
create macro logo_retention(start_day, end_day, wanted := '{}') as table
select (accounts_start - accounts_left) / nullif(accounts_start, 0) as logo_retention, accounts_start,
  accounts_start - accounts_left as accounts_kept
from revenue_movements([cast(start_day as date)], [cast(end_day as date)], wanted)
