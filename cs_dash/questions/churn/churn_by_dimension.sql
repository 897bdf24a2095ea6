-- Churned accounts by dimension
-- words: The share of accounts that left, for every value of every dimension.
-- formula: accounts with a full churn event in the period / accounts that were customers in it
-- edge cases: An account without a value has the value "(none)".
-- tables: accounts, churn_events, subscriptions
-- column field: the dimension
-- column value: its value
-- column accounts: accounts that were customers in the period
-- column churned_accounts: those with a full churn event in it
-- column left_share: share of them
create macro churn_by_dimension(start_day, end_day, as_of_day, wanted := '{}') as table
select
  d.field, d.value, count(*) as accounts, count(*) filter (where b.churned) as churned_accounts,
  count(*) filter (where b.churned) / count(*) as left_share
from churn_base([cast(start_day as date)], [cast(end_day as date)], [cast(as_of_day as date)], wanted) b
join account_dimensions d on d.account_id = b.account_id
group by d.field, d.value
order by d.field, accounts desc, d.value
