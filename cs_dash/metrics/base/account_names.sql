-- Names of the accounts
-- words: What each account is called; one without a name is called by its id.
-- tables: accounts
-- column account_id: the account
-- column account: its name
create view account_names as
select account_id, coalesce(account, account_id) as account from accounts
