-- Churn by dimension
-- words: Churn rate for each value of each dimension, by tenure at the start of the period and by the quarter of the
--   first payment (cohort).
-- formula: churned accounts / accounts that were customers in it
-- edge cases: An account without a value has the value "(none)". Tenure is counted from the first paying day, else
--   from the signup, to the period's first day, for churned and retained accounts alike; later accounts are "new in
--   the period", as are all accounts in a period without a start.
-- tables: accounts, churn_events, subscriptions
-- column field: the dimension; tenure or cohort
-- column value: its value
-- column accounts: accounts that were customers in the period
-- column churned_accounts: those that churned in it
-- column left_share: share of them
create macro churn_by_dimension(start_day, end_day, as_of_day, wanted := '{}') as table
select
  field, value, count(*) as accounts, count(*) filter (where churned) as churned_accounts,
  count(*) filter (where churned) / count(*) as left_share
from churn_groups(start_day, end_day, as_of_day, wanted)
group by field, value
order by field, accounts desc, value
