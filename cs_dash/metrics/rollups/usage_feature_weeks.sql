-- Use of each feature by each account in each week
-- words: Distinct users and uses per account, feature and ISO week.
-- tables: usage
create table usage_feature_weeks as
with users as (
  select account_id, cast(date_trunc('week', used_on) as date) as week, feature, user_id,
    bool_or(coalesce(is_core, false)) as is_core, sum(coalesce(events, 1)) as events
  from usage
  where account_id is not null and feature is not null
  group by account_id, date_trunc('week', used_on), feature, user_id
)
select account_id, week, feature, bool_or(is_core) as is_core, nullif(count(user_id), 0) as users, sum(events) as events
from users
group by account_id, week, feature
order by account_id, week, feature
