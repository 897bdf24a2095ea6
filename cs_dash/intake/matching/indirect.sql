-- Rows whose own reference fits no account: by their subscription, then by the domain of an e-mail address, then by a
-- nearly identical name. A domain that two accounts share, or that of a public mail service, never decides.

create or replace temp table lines as
select s.subscription_id, d.account_id
from subscriptions s
join direct d on d.table_name = 'subscriptions' and d.account_ref is not distinct from s.account_ref
  and d.account_name is not distinct from s.account_name
where d.account_id is not null;

update direct as r set account_id = l.account_id, how = 'subscription', score = 1
from lines l
where r.account_id is null and l.subscription_id = r.subscription_id
  and not exists (from decided d where d.verdict = 'other' and d.key = r.key and d.account_id = l.account_id);

update direct as r set account_id = k.account_id, how = 'e-mail domain', score = 1
from account_keys k
where r.account_id is null and k.kind = 'domain' and k.key = r.address
  and not exists (from decided d where d.verdict = 'other' and d.key = r.key and d.account_id = k.account_id);

update direct as r set account_id = k.account_id, how = 'e-mail domain', score = 1
from account_keys k
where r.account_id is null and k.kind = 'domain' and not contains(r.address, '@')
  and k.key = regexp_replace(r.address, '^[^.]+\.', '')
  and not exists (from decided d where d.verdict = 'other' and d.key = r.key and d.account_id = k.account_id);
