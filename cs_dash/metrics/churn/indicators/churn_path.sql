-- Leading indicators of churn
-- words: Health, usage, tickets and surveys of each churned account at each of the six month ends before churn,
--   compared with the mean of retained accounts of the same segment and tenure on the same day.
-- formula: usage = mean weekly users of 4 weeks / seats, else of 4 weeks / the 12 before; tickets = tickets of 28 days;
--   surveys = the latest NPS answer, else the mean rating
-- edge cases: Only rows dated on or before the month end are used. The month end before the day it left is -1. No row
--   where nothing is known of the account or of any similar one. Days that are not among those given have no rows.
-- source: matched comparison; segment as in the accounts file, tenure in bands
-- tables: churn_events, usage, surveys, tickets, subscriptions, notes, accounts
-- column churn_id: the event's id
-- column account_id: the churned account
-- column month_before: -6 to -1
-- column day: the month end
-- column segment: its segment
-- column tenure: its tenure band on that day
-- column measure: health, usage, tickets or surveys
-- column input: what was measured
-- column left_value: the value of the churned account
-- column stayed_value: mean value of those like it that stayed
-- column stayed_accounts: their number
create macro churn_path(on_days, start_day, end_day, as_of_day) as table
with steps as (
  select d.churn_id, d.account_id, -k.back as month_before,
    cast(date_trunc('month', d.churned_on) - to_months(k.back - 1) as date) - 1 as day
  from churn_departures(start_day, end_day, as_of_day) d
  cross join (select cast(unnest(range(1, 7)) as integer) as back) k
),
measured as (
  from churn_inputs(on_days)
),
like_it as (
  select day, segment, tenure, measure, avg(value) as value, count(*) as accounts
  from measured
  where account_id in (select account_id from churn_stayed(as_of_day))
  group by day, segment, tenure, measure
)
select s.churn_id, s.account_id, s.month_before, s.day, m.segment, m.tenure, m.measure, m.input, m.value as left_value,
  round(l.value, 9) as stayed_value, l.accounts as stayed_accounts
from steps s
join measured m on m.day = s.day and m.account_id = s.account_id
join like_it l on l.day = m.day and l.segment = m.segment and l.tenure = m.tenure and l.measure = m.measure
order by m.measure, s.month_before, s.churn_id
