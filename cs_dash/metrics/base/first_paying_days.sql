-- First paying day of each account
-- words: The day an account's first paid contract line starts; it decides the account's cohort and tenure.
-- tables: subscriptions
-- column first_day: the day
-- column first_mrr: MRR on that day
create table first_paying_days as
with firsts as (
  select account_id, min(start_date) as first_day from paying_subscriptions group by account_id
)
select f.account_id, f.first_day, round(sum(s.mrr), 6) as first_mrr
from firsts f
join paying_subscriptions s
  on s.account_id = f.account_id and s.start_date <= f.first_day and s.last_open_end > f.first_day
group by f.account_id, f.first_day
