-- Account matching
-- words: For each table, how many rows were matched to an account, and how: by a person's decision, by ID, by the ID
--   in another system, by an ID in another spelling, by name, by subscription, by e-mail domain, or by a name with one
--   typo.
-- edge cases: Rows that found no account have no way. Accounts that only other files name are counted apart. Steps that
--   concern no account, such as something shipped to all, are not counted.
-- tables: accounts, subscriptions, usage, tickets, churn_events, surveys, notes, feature_requests, milestones
-- column table_name: the table
-- column how: the way; empty where no account was found
-- column listed: the account is listed by an accounts file; false where only other files name it
-- column rows: rows that found theirs so
-- column accounts: accounts found so
create view matched_rows as
select m.table_name, m.how, case when m.account_id is not null then not coalesce(a.implied, false) end as listed,
  cast(sum(m.rows) as bigint) as rows, count(distinct m.account_id) as accounts
from account_matches m
left join accounts a on a.account_id = m.account_id
group by m.table_name, m.how, listed
order by m.table_name, rows desc, m.how, listed
