-- Time to first churn
-- words: Months from the first paying day to the first churn, or to the as-of date for accounts that have not
--   churned.
-- formula: whole months from the first paying day to the first day of churn, or to the day after the as-of date
-- edge cases: An account has churned when it pays nothing at a month end or on the as-of date: a gap within one month
--   is not churn, as in the revenue bridge. Only the first churn counts, even if the account is won back. Tenures
--   that a file gives in months are used as given. An account whose last line is paused has not churned: it is
--   censored on that day.
-- source: Kaplan and Meier 1958 for what is made of it
-- tables: subscriptions, accounts
-- column account_id: the account
-- column first_day: its first paying day
-- column left_on: the first unpaid day, of its first churn; empty while it has not left
-- column months: whole months paid
-- column has_left: whether it left by the as-of date; if not, it was merely last seen then
create macro account_tenures(as_of_day, wanted := '{}') as table
with lines as (
  select account_id, start_date, last_open_end, is_paused,
    max(last_open_end) over (
      partition by account_id order by start_date, last_open_end rows between unbounded preceding and 1 preceding
    ) as covered_until
  from paying_subscriptions
  where start_date <= cast(as_of_day as date) and account_id in (select account_id from in_scope(wanted))
),
spans as (
  select account_id, min(start_date) as first_day,
    min(covered_until) filter (where last_day(covered_until) < start_date) as first_gap,
    max(last_open_end) as last_end, arg_max(is_paused, (last_open_end, is_paused)) as is_paused
  from lines
  group by account_id
),
ends as (
  select account_id, first_day,
    coalesce(first_gap, case when last_end <= cast(as_of_day as date) and not is_paused then last_end end) as left_on,
    least(cast(as_of_day as date) + 1, case when is_paused then last_end end) as seen_until
  from spans
)
select
  account_id, first_day, left_on,
  date_sub('month', first_day, coalesce(left_on, seen_until)) as months,
  left_on is not null as has_left
from ends
