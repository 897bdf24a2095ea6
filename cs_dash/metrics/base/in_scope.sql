-- Accounts in scope
-- words: The accounts with one of the chosen values in every filtered dimension.
-- edge cases: Without a filter every account is in. An account without a value has the value "(none)".
-- tables: accounts
create macro in_scope(wanted) as table
select account_id
from accounts
where json_keys(wanted) = [] or account_id in (
  select account_id
  from account_dimensions
  where list_contains(from_json(wanted, '"MAP(VARCHAR, VARCHAR[])"')[field], value)
  group by account_id
  having count(*) = len(json_keys(wanted))
)
