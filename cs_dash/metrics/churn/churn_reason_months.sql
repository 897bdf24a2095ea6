-- Churn reasons by month
-- words: Churn events by reason and month.
-- edge cases: The month of the as-of date is in progress. Months without an event have no row.
-- tables: churn_events, subscriptions, accounts
-- column month: first day of the month
-- column reason: the reason as recorded, or its category
-- column events: churn events that name it
-- column mrr_lost: MRR lost
-- column final: the month has ended by the as-of date
create macro churn_reason_months(start_day, end_day, as_of_day, grouping_level, kinds, wanted := '{}') as table
with events as (
  select *, last_day(month) <= cast(as_of_day as date) as final
  from churn_reason_events(start_day, end_day, as_of_day, grouping_level, kinds, wanted)
)
select month, reason, count(*) as events, round(sum(mrr_lost), 6) as mrr_lost, bool_and(final) as final
from events
group by month, reason
order by month, events desc, reason
