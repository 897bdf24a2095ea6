-- Weekly active users (WAU)
-- words: Users who were active in the last whole week, added up over the accounts.
-- formula: sum over accounts of the distinct users of the ISO week
-- edge cases: Where no file names users there is no number. Use that is not known up to 28 days before the day: no row.
-- source: METRICS, usage
-- tables: usage, accounts
-- column day: the as-of date
-- column accounts: accounts with use in that week
-- column users: their active users
create macro weekly_active_users(on_days, wanted := '{}') as table
select s.day, count(u.account_id) as accounts, cast(sum(u.users) as bigint) as users
from usage_spans(on_days) s
left join usage_weeks u on u.week = s.last_week and u.account_id in (from in_scope(wanted))
group by s.day
order by s.day
