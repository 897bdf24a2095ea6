-- Which account each row belongs to.
-- By id, then by the id in another system, then by name (folded: case, accents, punctuation and the legal form do not
-- count, and only a name that one account bears alone decides), then through the subscription, then by e-mail domain.
-- A row that fits no account keeps what its file said and stays without one. It is matched by a later load that brings
-- the account. Everything here is made afresh at every load.

create or replace temp macro folded(words) as nullif(regexp_replace(regexp_replace(
  regexp_replace(strip_accents(lower(words)), '[^\p{L}\p{N}]+', ' ', 'g'),
  '\s+(inc|incorporated|ltd|limited|llc|llp|gmbh|corp|corporation|co|ag|kg|sa|sas|sarl|srl|spa|bv|nv|oy|ab|as|plc|pty|ооо|зао|оао|ао)\s*$',
  '', 'g'), '\s+', '', 'g'), '');

create or replace temp table named as
select account_ref, account_name, min(source) as source from (
  select account_ref, account_name, 1 as source from subscriptions
  union all select account_ref, account_name, 2 from usage
  union all select account_ref, account_name, 2 from tickets
  union all select account_ref, account_name, 2 from churn_events
  union all select account_ref, account_name, 2 from surveys
  union all select account_ref, account_name, 2 from notes
  union all select account_ref, account_name, 2 from feature_requests
  union all select account_ref, account_name, 2 from milestones
)
where account_ref is not null or account_name is not null
group by account_ref, account_name;

-- Accounts that no accounts file lists: a paying customer must exist, so a subscription brings its own; without any
-- accounts file at all, every table does.
insert into accounts (account_id, account, implied)
with keys as (
  select account_id as key, account_id from accounts
  union select external_id, account_id from accounts where external_id is not null
),
names as (
  select folded(account) as key, min(account_id) as account_id
  from accounts where folded(account) is not null group by 1 having count(*) = 1
),
unknown as (
  select coalesce(n.account_ref, n.account_name) as account_id, coalesce(n.account_name, n.account_ref) as account,
    coalesce(n.account_ref, folded(n.account_name), n.account_name) as same
  from named n
  left join keys k on k.key = n.account_ref
  left join names r on r.key = folded(n.account_ref)
  left join names a on a.key = folded(n.account_name)
  where coalesce(k.account_id, r.account_id, a.account_id) is null
    and (n.source = 1 or not exists (from accounts))
)
select min(account_id), min(account), true from unknown group by same;

create or replace temp table matched as
with keys as (
  select key, min(account_id) as account_id from (
    select account_id as key, account_id, 1 as rank from accounts
    union all select external_id, account_id, 2 from accounts where external_id is not null
  )
  group by key
),
ids as (select account_id as key from accounts),
names as (
  select folded(account) as key, min(account_id) as account_id
  from accounts where folded(account) is not null group by 1 having count(*) = 1
)
select n.account_ref, n.account_name,
  case when i.key is not null then i.key else coalesce(k.account_id, r.account_id, a.account_id) end as account_id
from named n
left join ids i on i.key = n.account_ref
left join keys k on k.key = n.account_ref
left join names r on r.key = folded(n.account_ref)
left join names a on a.key = folded(n.account_name);

update subscriptions as t set account_id = m.account_id from matched m
where coalesce(t.account_ref, '') = coalesce(m.account_ref, '') and coalesce(t.account_name, '') = coalesce(m.account_name, '')
  and t.account_id is distinct from m.account_id;
update usage as t set account_id = m.account_id from matched m
where coalesce(t.account_ref, '') = coalesce(m.account_ref, '') and coalesce(t.account_name, '') = coalesce(m.account_name, '')
  and t.account_id is distinct from m.account_id;
update tickets as t set account_id = m.account_id from matched m
where coalesce(t.account_ref, '') = coalesce(m.account_ref, '') and coalesce(t.account_name, '') = coalesce(m.account_name, '')
  and t.account_id is distinct from m.account_id;
update churn_events as t set account_id = m.account_id from matched m
where coalesce(t.account_ref, '') = coalesce(m.account_ref, '') and coalesce(t.account_name, '') = coalesce(m.account_name, '')
  and t.account_id is distinct from m.account_id;
update surveys as t set account_id = m.account_id from matched m
where coalesce(t.account_ref, '') = coalesce(m.account_ref, '') and coalesce(t.account_name, '') = coalesce(m.account_name, '')
  and t.account_id is distinct from m.account_id;
update notes as t set account_id = m.account_id from matched m
where coalesce(t.account_ref, '') = coalesce(m.account_ref, '') and coalesce(t.account_name, '') = coalesce(m.account_name, '')
  and t.account_id is distinct from m.account_id;
update feature_requests as t set account_id = m.account_id from matched m
where coalesce(t.account_ref, '') = coalesce(m.account_ref, '') and coalesce(t.account_name, '') = coalesce(m.account_name, '')
  and t.account_id is distinct from m.account_id;
update milestones as t set account_id = m.account_id from matched m
where coalesce(t.account_ref, '') = coalesce(m.account_ref, '') and coalesce(t.account_name, '') = coalesce(m.account_name, '')
  and t.account_id is distinct from m.account_id;

update usage as t set account_id = s.account_id from subscriptions s
where t.account_id is null and t.subscription_id = s.subscription_id and s.account_id is not null;
update tickets as t set account_id = s.account_id from subscriptions s
where t.account_id is null and t.subscription_id = s.subscription_id and s.account_id is not null;

update tickets as t set account_id = d.account_id
from (
  select regexp_replace(lower(domain), '^(https?://)?(www\.)?|/.*$', '', 'g') as key, min(account_id) as account_id
  from accounts where domain is not null group by 1 having count(*) = 1
) d
where t.account_id is null and d.key = lower(split_part(t.requester_email, '@', 2));

-- A line whose dates were assumed from a tenure ends when its account left; the two facts may come from two files.
update subscriptions as t set end_date = e.churned_on
from (
  select account_id, min(churned_on) as churned_on
  from churn_events where coalesce(lower(scope), 'full') not in ('downsell', 'partial', 'contraction') group by account_id
) e
where t.assumed and t.account_id = e.account_id and (t.end_date is null or t.end_date > e.churned_on);
