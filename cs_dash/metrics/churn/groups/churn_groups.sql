-- Accounts at risk of churn, by dimension
-- words: Every account that was a customer in the period, with its value of every dimension, its tenure when the
--   period began and the quarter in which it first paid, and whether it churned.
-- edge cases: As in the share of churned accounts by dimension, which counts these rows.
-- tables: accounts, churn_events, subscriptions
-- column account_id: the account
-- column field: the dimension; tenure or cohort
-- column value: its value
-- column churned: it has a full churn event in the period
create macro churn_groups(start_day, end_day, as_of_day, wanted := '{}') as table
with base as materialized (
  from churn_base([cast(start_day as date)], [cast(end_day as date)], [cast(as_of_day as date)], wanted)
),
began as (
  select b.account_id, coalesce(f.first_day, a.signup_date) as since,
    coalesce(b.window_start, date '0001-01-01') as opens
  from base b
  join accounts a on a.account_id = b.account_id
  left join first_paying_days f on f.account_id = b.account_id
),
placed as (
  select account_id, field, value from account_dimensions
  union all
  select account_id, 'tenure' as field, tenure_band(since, opens) as value from began
  union all
  select account_id, 'cohort' as field, coalesce(strftime(since, '%Y') || ' Q' || quarter(since), '(none)') as value
  from began
)
select b.account_id, d.field, d.value, b.churned
from base b
join placed d on d.account_id = b.account_id
