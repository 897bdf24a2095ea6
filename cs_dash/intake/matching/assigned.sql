-- The account of every row, from the account of what it says, and how each was found, kept beside the rows.

update subscriptions as t set account_id = r.account_id from direct r
where r.table_name = 'subscriptions' and t.account_id is distinct from r.account_id
  and t.account_ref is not distinct from r.account_ref and t.account_name is not distinct from r.account_name;

update usage as t set account_id = r.account_id from direct r
where r.table_name = 'usage' and t.account_id is distinct from r.account_id
  and t.account_ref is not distinct from r.account_ref and t.account_name is not distinct from r.account_name
  and (r.by_id or (t.subscription_id is not distinct from r.subscription_id
    and case when coalesce(t.account_ref, t.account_name) is null and contains(t.user_id, '@') then t.user_id end
      is not distinct from r.mail));

update tickets as t set account_id = r.account_id from direct r
where r.table_name = 'tickets' and t.account_id is distinct from r.account_id
  and t.account_ref is not distinct from r.account_ref and t.account_name is not distinct from r.account_name
  and (r.by_id or (t.subscription_id is not distinct from r.subscription_id
    and t.requester_email is not distinct from r.mail));

update churn_events as t set account_id = r.account_id from direct r
where r.table_name = 'churn_events' and t.account_id is distinct from r.account_id
  and t.account_ref is not distinct from r.account_ref and t.account_name is not distinct from r.account_name;

update surveys as t set account_id = r.account_id from direct r
where r.table_name = 'surveys' and t.account_id is distinct from r.account_id
  and t.account_ref is not distinct from r.account_ref and t.account_name is not distinct from r.account_name
  and (r.by_id or t.respondent is not distinct from r.mail);

update notes as t set account_id = r.account_id from direct r
where r.table_name = 'notes' and t.account_id is distinct from r.account_id
  and t.account_ref is not distinct from r.account_ref and t.account_name is not distinct from r.account_name;

update feature_requests as t set account_id = r.account_id from direct r
where r.table_name = 'feature_requests' and t.account_id is distinct from r.account_id
  and t.account_ref is not distinct from r.account_ref and t.account_name is not distinct from r.account_name;

update milestones as t set account_id = r.account_id from direct r
where r.table_name = 'milestones' and t.account_id is distinct from r.account_id
  and t.account_ref is not distinct from r.account_ref and t.account_name is not distinct from r.account_name;

delete from account_matches;
insert into account_matches
select table_name, key, account_ref, account_name,
  case when how is null or how = 'subscription' then subscription_id end,
  case when how is null or how = 'e-mail domain' then address end,
  account_id, how, max(score), cast(sum(rows) as bigint)
from direct
where key is not null or table_name <> 'milestones'
group by all;
