-- Active users of each account in each week
-- words: Distinct users and uses per account and ISO week (Monday to Sunday). users is empty where the files name no user.
-- tables: usage
create table usage_weeks as
with users as (
  select account_id, cast(date_trunc('week', used_on) as date) as week, user_id,
    sum(coalesce(events, 1)) as events, max(used_on) as last_day
  from usage
  where account_id is not null
  group by account_id, date_trunc('week', used_on), user_id
)
select account_id, week, nullif(count(user_id), 0) as users, sum(events) as events, max(last_day) as last_day
from users
group by account_id, week
order by account_id, week
