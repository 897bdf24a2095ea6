-- One dimension of each account
-- words: The value that each account has in one dimension.
-- tables: accounts
-- column account_id: the account
-- column value: its value; "(none)" where it has none
create macro dimension_of(wanted_field) as table
select account_id, value from account_dimensions where field = wanted_field
