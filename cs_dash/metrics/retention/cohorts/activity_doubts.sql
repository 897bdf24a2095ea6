-- Usage without an account
-- words: Usage rows that match no account and so belong to no cohort.
-- tables: usage
-- column uses: rows of usage up to the as-of date
-- column without_account: those that match no account
create macro activity_doubts(as_of_day) as table
select count(*) as uses, count(*) filter (where account_id is null) as without_account
from usage
where used_on <= cast(as_of_day as date)
