-- Churn signals compared
-- words: For each account marked as churned or with a churn event: what its mark, its events and its contract lines
--   say, and where they conflict.
-- edge cases: An account that churned and was won back is no conflict. An event without its mark is one only where
--   the files mark churned accounts at all. Downsells are not churn signals.
-- tables: accounts, churn_events, subscriptions
-- column account_id: the account
-- column account: its name
-- column flagged: its own row marks it as churned
-- column events: full churn events up to the as-of date
-- column last_event: day of the last of them
-- column mrr: what it pays on the as-of date; 0 where its lines have ended, empty where it never had one
-- column contradiction: the data conflict in words; empty where all fits
create macro churn_marks(as_of_day, wanted := '{}') as table
with gone as (
  select account_id, count(*) as events, max(churned_on) as last_event,
    count(*) filter (where churn_id in (select churn_id from churn_paying_on([cast(as_of_day as date)]))) as paying_events
  from churn_lines
  where is_full and churned_on <= cast(as_of_day as date)
  group by account_id
),
marked as (
  select a.account_id, a.account, coalesce(a.churned, false) as flagged, coalesce(g.events, 0) as events, g.last_event,
    coalesce(g.paying_events, 0) as paying_events
  from accounts a
  left join gone g on g.account_id = a.account_id
  where (a.churned or g.account_id is not null) and a.account_id in (select account_id from in_scope(wanted))
),
paid as (
  select m.account_id,
    coalesce(sum(p.mrr) filter (where p.start_date <= as_of_day and p.last_open_end > as_of_day), 0) as mrr
  from marked m
  join paying_subscriptions p on p.account_id = m.account_id
  group by m.account_id
),
facts as (
  select m.*, p.mrr, coalesce(p.mrr, 0) > 0 as pays, m.paying_events = m.events as stayed,
    (select coalesce(bool_or(churned), false) from accounts) as marks_used
  from marked m
  left join paid p on p.account_id = m.account_id
)
select account_id, account, flagged, events, last_event, mrr,
  case
    when flagged and events = 0 and pays then 'marked as churned without an event, and still paying'
    when flagged and events = 0 then 'marked as churned without an event'
    when events > 0 and pays and stayed then 'churn event, but never stopped paying'
    when flagged and pays then 'marked as churned, but paying again'
    when events > 0 and not flagged and not pays and marks_used then 'churn event, but not marked as churned'
  end as contradiction
from facts
