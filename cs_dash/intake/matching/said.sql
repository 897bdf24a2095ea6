-- What the rows of each table say of their account, each way of saying it once: there are far fewer of these than rows.

create or replace temp table said as
select 'subscriptions' as table_name, account_ref, account_name, cast(null as varchar) as subscription_id,
  cast(null as varchar) as mail, count(*) as rows from subscriptions group by all
union all
-- Users are many: their addresses count only where the row says nothing else.
select 'usage', account_ref, account_name, subscription_id,
  case when coalesce(account_ref, account_name) is null and contains(user_id, '@') then user_id end, count(*)
from usage group by all
union all
select 'tickets', account_ref, account_name, subscription_id, requester_email, count(*) from tickets group by all
union all
select 'churn_events', account_ref, account_name, null, null, count(*) from churn_events group by all
union all
select 'surveys', account_ref, account_name, null, respondent, count(*) from surveys group by all
union all
select 'notes', account_ref, account_name, null, null, count(*) from notes group by all
union all
select 'feature_requests', account_ref, account_name, null, null, count(*) from feature_requests group by all
union all
select 'milestones', account_ref, account_name, null, null, count(*) from milestones group by all;
