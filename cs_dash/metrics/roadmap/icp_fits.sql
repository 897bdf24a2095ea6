-- ICP fit of each account
-- words: Whether an account fits the ideal customer profile (ICP): core, near or outside.
-- formula: by the setting icp_core: core meets all conditions, near all but one of several, the others are outside; without
--   the setting, as the column of the accounts says
-- edge cases: Without the setting, an account without a value is in none. Without both there is no row.
-- source: METRICS, ICP fit
-- tables: accounts
-- column account_id: the account
-- column fit: core, near or outside, or what the column says
create view icp_fits as
with conditions as (select row_number() over () as place, field, choices from icp_conditions),
total as (select count(*) as conditions from conditions),
met as (
  select d.account_id, count(distinct c.place) as conditions
  from conditions c
  join account_dimensions d on lower(replace(d.field, ' ', '_')) = c.field and list_contains(c.choices, lower(d.value))
  group by d.account_id
)
select a.account_id,
  case when t.conditions = 0 then lower(trim(a.icp_fit))
    when coalesce(m.conditions, 0) = t.conditions then 'core'
    when t.conditions > 1 and coalesce(m.conditions, 0) = t.conditions - 1 then 'near'
    else 'outside'
  end as fit
from accounts a
cross join total t
left join met m on m.account_id = a.account_id
where t.conditions > 0 or a.icp_fit is not null
