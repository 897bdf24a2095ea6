-- Churn by dimension
-- words: Churn rate for each value of each dimension, by tenure at the start of the period and by the quarter of the
--   first payment (cohort).
-- formula: churned accounts / accounts that were customers in it
-- edge cases: An account without a value has the value "(none)". Tenure is counted from the first paying day, else
--   from the signup, to the period's first day, for those that left and those that stayed alike; who came later is "new
--   in the period", and so is everybody in a period without a beginning.
-- tables: accounts, churn_events, subscriptions
-- column field: the dimension; tenure or cohort
-- column value: its value
-- column accounts: accounts that were customers in the period
-- column churned_accounts: those that churned in it
-- column left_share: share of them
create macro churn_by_dimension(start_day, end_day, as_of_day, wanted := '{}') as table
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
select
  d.field, d.value, count(*) as accounts, count(*) filter (where b.churned) as churned_accounts,
  count(*) filter (where b.churned) / count(*) as left_share
from base b
join placed d on d.account_id = b.account_id
group by d.field, d.value
order by d.field, accounts desc, d.value
