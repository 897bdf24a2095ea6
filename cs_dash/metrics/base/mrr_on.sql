-- MRR of each account on a day
-- words: What an account pays per month, summed over its contract lines active on that day.
-- formula: sum(mrr) over lines with start_date <= day and (end_date is empty or end_date > day)
-- edge cases: Rounded to a millionth, so that the result does not depend on the order of the lines. Accounts that pay
--   nothing are not listed. Trials and free plans have no MRR.
-- tables: subscriptions
-- column account_id: the account
-- column mrr: its monthly recurring revenue, in the reporting currency
create macro mrr_on(on_day) as table
select account_id, round(sum(mrr), 6) as mrr
from active_on(on_day)
group by account_id
having round(sum(mrr), 6) > 0
