-- Dimensions of each account
-- words: What accounts are filtered and grouped by: the known columns, and every other text column with 2 to 30 values.
-- edge cases: An account without a value has the value "(none)". A column that is empty for all is no dimension, nor is one whose
--   values only repeat who churned, such as a status or a churn reason.
-- tables: accounts
create table account_dimensions as
with known as (
  unpivot (
    select account_id,
      coalesce(segment, '(none)') as segment, coalesce(plan, '(none)') as plan, coalesce(region, '(none)') as region,
      coalesce(country, '(none)') as country, coalesce(industry, '(none)') as industry, coalesce(csm, '(none)') as csm,
      coalesce(tier, '(none)') as tier, coalesce(icp_fit, '(none)') as icp_fit, coalesce(channel, '(none)') as channel,
      coalesce(contract, '(none)') as contract
    from accounts
  )
  on segment, plan, region, country, industry, csm, tier, icp_fit, channel, contract
  into name field value value
),
repeats_churn as (
  select field
  from (
    select e.field, e.value, bool_and(coalesce(a.churned, false)) as all_churned, bool_or(coalesce(a.churned, false)) as some_churned
    from account_extra e
    join accounts a using (account_id)
    where e.value is not null
    group by e.field, e.value
  )
  group by field
  having bool_or(some_churned) and bool_and(all_churned = some_churned)
),
useful as (
  select field
  from account_extra
  where value is not null and field not in (from repeats_churn)
  group by field
  having count(distinct value) between 2 and 30 and count(try_cast(value as double)) < count(*)
),
filled as (
  select a.account_id, u.field, coalesce(o.value, '(none)') as value
  from accounts a
  cross join useful u
  left join account_extra o on o.account_id = a.account_id and o.field = u.field
)
select account_id, field, value
from (from known union all from filled)
where field in (select field from (from known union all from filled) group by field having max(value) <> '(none)' or min(value) <> '(none)')
order by field, account_id
