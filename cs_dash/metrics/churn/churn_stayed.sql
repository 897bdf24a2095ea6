-- Retained accounts
-- words: Accounts without a full churn event by the as-of date that are customers on it.
-- tables: accounts, churn_events, subscriptions
-- column account_id: the account
create macro churn_stayed(as_of_day) as table
select account_id
from scored_accounts([cast(as_of_day as date)])
where account_id not in (
  select account_id from churn_lines where is_full and account_id is not null and churned_on <= cast(as_of_day as date)
)
