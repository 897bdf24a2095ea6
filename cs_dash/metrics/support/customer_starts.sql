-- Start date of each account
-- words: The day from which an account counts as a customer: its first paying day, else its signup.
-- formula: first day of a paying subscription, else signup date
-- edge cases: An account with neither has an empty start.
-- tables: accounts, subscriptions
-- column account_id: the account
-- column started_on: the day
create view customer_starts as
select a.account_id, coalesce(f.first_day, a.signup_date) as started_on
from accounts a
left join first_paying_days f on f.account_id = a.account_id
