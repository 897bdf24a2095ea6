-- Active contract lines on a day
-- words: A contract line is active on a day when it has started and not ended; the end date is the first unpaid day.
-- formula: start_date <= day and (end_date is empty or end_date > day)
-- tables: subscriptions
create macro active_on(on_day) as table
select subscription_id, account_id, plan, mrr, start_date, end_date
from paying_subscriptions
where start_date <= on_day and last_open_end > on_day
