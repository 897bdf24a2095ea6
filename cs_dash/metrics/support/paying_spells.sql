-- Paying periods
-- words: The unbroken periods in which an account pays: its contract lines with overlaps and adjacent ends merged.
-- formula: lines of an account joined while the next one starts no later than the one before ends
-- edge cases: A line that still runs ends far in the future. Lines of the same days count once.
-- tables: subscriptions
-- column account_id: the account
-- column first_day: first day paid for
-- column last_open_end: first unpaid day
create view paying_spells as
with lined as (
  select account_id, start_date, last_open_end,
    max(last_open_end) over (
      partition by account_id order by start_date, last_open_end rows between unbounded preceding and 1 preceding
    ) as paid_before
  from (select distinct account_id, start_date, last_open_end from paying_subscriptions)
),
numbered as (
  select *, sum(case when paid_before >= start_date then 0 else 1 end) over (
    partition by account_id order by start_date, last_open_end rows between unbounded preceding and current row
  ) as spell
  from lined
)
select account_id, min(start_date) as first_day, max(last_open_end) as last_open_end
from numbered
group by account_id, spell
