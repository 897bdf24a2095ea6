-- Accounts that no accounts file lists: a paying customer must exist, so a subscription brings its own; without any
-- accounts file at all, every table does; and so does a person who says that it is a new account.
-- Those with an id come first ($pass 1), so that rows that only name them find them, in a column of ids as well; what a
-- person said to be another account waits for that one ($pass 3).
insert into accounts (account_id, account, domain, implied)
select min(coalesce(r.account_ref, r.account_name, r.address)), min(coalesce(r.account_name, r.account_ref, r.address)),
  min(r.address) filter (where r.key like 'mail %' and d.verdict = 'new'), true
from direct r
left join decided d on d.key = r.key and d.verdict <> 'other'
where r.account_id is null and r.key not in (select key from near)
  and (coalesce(r.account_ref, r.account_name) is not null or (r.address is not null and d.verdict = 'new'))
  and (r.table_name = 'subscriptions' or not $listed or d.verdict = 'new')
  and ($pass > 1 or (r.account_ref is not null and coalesce(r.ref_whole, '') not in (
    select name_whole from direct where account_id is null and account_ref is not null and name_whole is not null
  )))
  and ($pass > 2 or d.verdict is distinct from 'same')
group by r.key
having min(coalesce(r.account_ref, r.account_name, r.address)) not in (select account_id from accounts);
