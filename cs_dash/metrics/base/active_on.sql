-- Subscription lines active on a day
-- words: A line is active on a day when it has started and has not ended; the end date is the first day not paid for.
-- formula: start_date <= day and (end_date is empty or end_date > day)
-- tables: subscriptions
create macro active_on(on_day) as table
select subscription_id, account_id, plan, mrr, start_date, end_date
from paying_subscriptions
where start_date <= on_day and last_open_end > on_day
