-- How the rows of each table refer to their account, each reference once: there are far fewer references than rows.
-- Where an account has exactly the id in a row (`by_id`), its sender and its contract do not matter.

create or replace temp table row_references as
with ids as (select account_id from accounts)
select 'subscriptions' as table_name, account_ref, account_name, cast(null as varchar) as subscription_id,
  cast(null as varchar) as mail, false as by_id, count(*) as rows from subscriptions group by all
union all
-- Users are many: their addresses count only where the row has no other reference.
select 'usage', account_ref, account_name, case when not by_id then subscription_id end,
  case when coalesce(account_ref, account_name) is null and contains(user_id, '@') then user_id end, by_id, count(*)
from (select *, coalesce(account_ref in (from ids), false) as by_id from usage) group by all
union all
select 'tickets', account_ref, account_name, case when not by_id then subscription_id end,
  case when not by_id then requester_email end, by_id, count(*)
from (select *, coalesce(account_ref in (from ids), false) as by_id from tickets) group by all
union all
select 'churn_events', account_ref, account_name, null, null, false, count(*) from churn_events group by all
union all
select 'surveys', account_ref, account_name, null, case when not by_id then respondent end, by_id, count(*)
from (select *, coalesce(account_ref in (from ids), false) as by_id from surveys) group by all
union all
select 'notes', account_ref, account_name, null, null, false, count(*) from notes group by all
union all
select 'feature_requests', account_ref, account_name, null, null, false, count(*) from feature_requests group by all
union all
select 'milestones', account_ref, account_name, null, null, false, count(*) from milestones group by all;
