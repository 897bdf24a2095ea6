-- Paying contract lines
-- words: Contract lines with revenue: matched to an account, with a recurring amount, not a trial. Negative amounts
--   (standing discounts, credits) reduce the account's other lines.
-- edge cases: A line that ends on the day it starts was never active. Lines without an account are counted on the
--   Data quality page. A line with an ended status but no end date counts up to the latest day of its sheet.
-- tables: subscriptions
-- column is_paused: its status says that it pays nothing for now, not that it left
-- column last_open_end: the first unpaid day; far in the future while the line runs
create view paying_subscriptions as
select
  subscription_id, account_id, plan, mrr, start_date, coalesce(end_date, gone_by) as end_date,
  coalesce(end_date, gone_by, date '9999-12-31') as last_open_end, coalesce(standing = 'paused', false) as is_paused
from subscriptions
where account_id is not null and start_date is not null and mrr <> 0 and not coalesce(is_trial, false)
  and coalesce(end_date, gone_by, date '9999-12-31') > start_date
