-- Accounts found by name
-- words: Accounts whose name or id holds the text, in any letter case and with or without accents: exact names first,
--   then names that begin with the text, then names with a word that begins with it.
-- edge cases: An account without a name is found by its id. Of equal matches the shorter name comes first.
-- tables: accounts
-- column account_id: the account
-- column account: its name
-- column segment: its segment, empty where there is none
create macro account_matches(text_in, rows_at_most) as table
with spelled as (
  select account_id, coalesce(account, account_id) as account, segment,
    strip_accents(lower(coalesce(account, account_id))) as name, strip_accents(lower(account_id)) as id,
    strip_accents(lower(trim(text_in))) as sought
  from accounts
)
select account_id, account, segment
from spelled
where contains(name, sought) or contains(id, sought)
order by
  case
    when name = sought or id = sought then 0
    when starts_with(name, sought) then 1
    when contains(name, concat(' ', sought)) then 2
    when starts_with(id, sought) then 3
    else 4
  end,
  length(account), account, account_id
limit rows_at_most
