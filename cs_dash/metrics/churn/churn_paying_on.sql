-- Churn events of accounts that never stopped paying
-- words: The full churn events whose account has paid on without a break, from the end of the event's month to the day it
--   is looked at from.
-- edge cases: An account that stopped and returned has churned. Without contract lines the event decides.
-- tables: churn_events, subscriptions
-- column looked_from: the as-of date
-- column churn_id: the event's id
create macro churn_paying_on(as_of_days) as table
with events as (
  select d.looked_from, l.churn_id, l.account_id, least(last_day(l.churned_on), d.looked_from) as day_after
  from (select distinct cast(unnest(as_of_days) as date) as looked_from) d
  join churn_lines l on l.is_full and l.account_id is not null and l.churned_on <= d.looked_from
)
select e.looked_from, e.churn_id
from events e
join mrr_spells s on s.account_id = e.account_id and s.ends > e.day_after and s.starts <= e.looked_from
group by e.looked_from, e.churn_id, e.day_after
having min(s.mrr) > 0 and min(s.starts) <= e.day_after
