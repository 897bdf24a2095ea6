-- Conditions of the ideal customer profile
-- words: The conditions on accounts that the setting icp_core states, one row each.
-- formula: segment=SMB, Mid-market; industry=Software: two conditions, which both have to hold
-- edge cases: Letter case does not matter. A field that accounts are not described by is not known: nobody meets it.
-- source: METRICS, ICP fit
-- tables: accounts
-- column field: the field
-- column choices: the values that meet it, in lower case
-- column known: accounts are described by this field
create view icp_conditions as
with stated as (
  select trim(unnest(string_split(value, ';'))) as condition from settings where name = 'icp_core'
),
conditions as (
  select lower(replace(trim(split_part(condition, '=', 1)), ' ', '_')) as field,
    list_transform(string_split(split_part(condition, '=', 2), ','), lambda choice: lower(trim(choice))) as choices
  from stated
  where condition <> ''
)
select field, choices, field in (select lower(replace(d.field, ' ', '_')) from account_dimensions d) as known
from conditions
order by field
