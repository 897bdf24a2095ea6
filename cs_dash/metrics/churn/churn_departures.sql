-- Churned accounts by contract
-- words: Full churn events of a period after which the account stopped paying.
-- edge cases: An account that never stopped paying has not churned; events without an account are excluded; of
--   several events of one account in the period the last counts. Without contract lines the event decides.
-- tables: churn_events, subscriptions, accounts
-- column churn_id: the event's id
-- column account_id: the account
-- column churned_on: first unpaid day
create macro churn_departures(start_day, end_day, as_of_day) as table
select churn_id, account_id, churned_on
from churn_losses([cast(start_day as date)], [cast(end_day as date)], [cast(as_of_day as date)])
where is_full and account_id is not null
  and churn_id not in (select churn_id from churn_paying_on([cast(as_of_day as date)]))
qualify row_number() over (partition by account_id order by churned_on desc, churn_id) = 1
