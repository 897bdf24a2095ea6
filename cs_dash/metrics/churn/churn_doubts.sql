-- Caveats about churn events
-- words: Churn events of a period without an account, or with an assumed date.
-- tables: churn_events
-- column events: events of the period
-- column without_account: events that match no account
-- column assumed: events with an assumed date
create macro churn_doubts(start_day, end_day, as_of_day) as table
select
  count(*) as events,
  count(*) filter (where account_id is null) as without_account,
  count(*) filter (where is_assumed) as assumed
from churn_lines
where churned_on <= cast(as_of_day as date)
  and churned_on >= coalesce(cast(start_day as date), date '0001-01-01')
  and churned_on < coalesce(cast(end_day as date), date '9999-12-31')
