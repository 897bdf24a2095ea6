-- Churned accounts
-- words: How many accounts left in the period, of all that were customers at some time in it.
-- formula: accounts with a full churn event in the period / accounts that were customers in it
-- edge cases: An account counts once, however many events it has. No account: empty, never 0. Interval: Wilson, 95 %.
--   This counts recorded events; what the contract lines show is on the Retention page.
-- source: common usage; the base is everybody who could have left, not only those there on the first day
-- tables: accounts, churn_events, subscriptions
-- column accounts: accounts that were customers in the period
-- column churned_accounts: those with a full churn event in it
-- column churn_share: share of them
create macro churn_share(start_day, end_day, as_of_day, wanted := '{}') as table
select
  count(*) as accounts, count(*) filter (where churned) as churned_accounts,
  count(*) filter (where churned) / nullif(count(*), 0) as churn_share
from churn_base(start_day, end_day, as_of_day, wanted)
