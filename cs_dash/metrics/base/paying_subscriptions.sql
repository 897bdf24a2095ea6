-- Paying subscription lines
-- words: The subscription lines that bring revenue: matched to an account, with a recurring amount, not a trial.
-- edge cases: A line that ends on the day it starts was never active. Lines without an account are counted on the Data page.
-- tables: subscriptions
-- column last_open_end: the first day not paid for; far in the future while the line runs
create view paying_subscriptions as
select
  subscription_id, account_id, plan, mrr, start_date, end_date,
  coalesce(end_date, date '9999-12-31') as last_open_end
from subscriptions
where account_id is not null and start_date is not null and mrr > 0 and not coalesce(is_trial, false)
  and (end_date is null or end_date > start_date)
