-- MRR lost per churn event
-- words: What each churn event cost: the amount the file states, else the drop in the account's MRR from the previous
--   month end to the end of the event's month.
-- formula: max(MRR at the end of the month before - MRR at the end of the event's month, 0) / events of the account in
--   that month
-- edge cases: Growth in the month of an event is no loss: 0. An account that never paid has no known loss: empty.
--   Events that match no account count only while nothing is filtered. A start that is empty means since the beginning.
-- tables: churn_events, subscriptions, accounts
-- column window_start: the period's first day; empty: since the beginning
-- column window_end: the first day after the period; empty: no end
-- column looked_from: the as-of date
-- column churn_id: the event's id
-- column account_id: the account; empty where none fits
-- column churned_on: first unpaid day
-- column month: first day of that month
-- column reason: the reason as recorded
-- column category: the recorded reason's group
-- column comment: the comment
-- column is_full: full churn; false for a downsell
-- column mrr_lost: MRR lost
-- column mrr_after: what the account pays at the end of the event's month; empty where it never paid
create macro churn_losses(start_days, end_days, as_of_days, wanted := '{}') as table
with windows as (
  select *, row_number() over () as place from churn_windows(start_days, end_days, as_of_days)
),
events as (
  select w.*, l.*, count(*) over (partition by w.place, l.account_id, l.month) as in_month,
    l.month - 1 as day_before, least(last_day(l.churned_on), w.looked_from) as day_after
  from windows w
  join churn_lines l on l.churned_on <= w.looked_from
  where l.account_id in (select account_id from in_scope(wanted)) or (l.account_id is null and wanted = '{}')
),
paid as (
  select e.place, e.churn_id,
    coalesce(sum(p.mrr) filter (where p.start_date <= e.day_before and p.last_open_end > e.day_before), 0) as s,
    coalesce(sum(p.mrr) filter (where p.start_date <= e.day_after and p.last_open_end > e.day_after), 0) as e
  from events e
  join paying_subscriptions p on p.account_id = e.account_id
  group by e.place, e.churn_id
)
select
  e.window_start, e.window_end, e.looked_from,
  e.churn_id, e.account_id, e.churned_on, e.month, e.reason, e.category, e.comment, e.is_full,
  round(coalesce(e.mrr_stated, case when p.churn_id is not null then greatest(p.s - p.e, 0) / e.in_month end), 6)
    as mrr_lost,
  round(p.e, 6) as mrr_after
from events e
left join paid p on p.place = e.place and p.churn_id = e.churn_id
where e.churned_on >= coalesce(e.window_start, date '0001-01-01')
  and e.churned_on < coalesce(e.window_end, date '9999-12-31')
