-- Accounts in scope
-- words: The accounts that have one of the wanted values in every filtered dimension.
-- edge cases: Without a filter every account is in. An account without a value has the value "(none)".
-- tables: accounts
create macro in_scope(wanted) as table
with filters as (
  select entry.key as field, unnest(from_json(entry.value, '["VARCHAR"]')) as value
  from json_each(wanted) as entry
),
matched as (
  select d.account_id, count(*) as fields
  from account_dimensions d
  join filters f on d.field = f.field and d.value = f.value
  group by d.account_id
)
select a.account_id
from accounts a
left join matched m on m.account_id = a.account_id
where coalesce(m.fields, 0) = (select count(distinct field) from filters)
