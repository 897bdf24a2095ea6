-- MRR of each account at month end
-- words: What each account pays on the last day of each month. Months in which it pays nothing have no row.
-- tables: subscriptions
-- column month: first day of the month
-- column day: the as-of date: the month's last day, or the as-of date in the month that is in progress
-- column mrr: monthly recurring revenue on that day
create macro account_months(as_of_day) as table
with months as (
  select
    account_id, mrr, last_open_end, start_date,
    unnest(generate_series(
      date_trunc('month', start_date),
      date_trunc('month', least(last_open_end, cast(as_of_day as date))),
      interval 1 month
    )) as first_day
  from paying_subscriptions
  where start_date <= as_of_day
),
days as (
  select *, cast(first_day as date) as month, least(last_day(first_day), cast(as_of_day as date)) as day from months
)
select account_id, month, day, round(sum(mrr), 6) as mrr
from days
where start_date <= day and last_open_end > day
group by account_id, month, day
having round(sum(mrr), 6) > 0
