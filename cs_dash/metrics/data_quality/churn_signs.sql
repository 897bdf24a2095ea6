-- Churn marks and churn events
-- words: How many accounts are marked as churned, have a churn event, or both. The numbers should be equal.
-- edge cases: Only events that fit an account. A downsell is no sign of leaving.
-- tables: accounts, churn_events
-- column flagged: accounts marked as churned
-- column with_event: accounts with a churn event
-- column both_signs: accounts with both
create view churn_signs as
with events as (select distinct account_id from churn_lines where account_id is not null and is_full)
select
  count(*) filter (where a.churned) as flagged, count(e.account_id) as with_event,
  count(e.account_id) filter (where a.churned) as both_signs
from accounts a
left join events e on e.account_id = a.account_id
