-- Revenue lost with each churn event
-- words: What each churn event of a period cost: the amount the file states, else what the account paid less at the end
--   of the event's month than at the end of the month before.
-- formula: max(MRR at the end of the month before - MRR at the end of the event's month, 0) / events of the account in
--   that month
-- edge cases: Growth in the month of an event is no loss: 0. An account that never paid has no known loss: empty. Events
--   that fit no account count only while nothing is filtered. A start that is empty means since the beginning.
-- tables: churn_events, subscriptions, accounts
-- column churn_id: the event's id
-- column account_id: the account; empty where none fits
-- column churned_on: first day not paid for
-- column month: first day of that month
-- column reason: the reason as recorded
-- column category: the recorded reason's group
-- column comment: what was said
-- column is_full: the account left; false where it only shrank
-- column mrr_lost: revenue a month that was lost
-- column mrr_after: what the account pays at the end of the event's month; empty where it never paid
create macro churn_losses(start_day, end_day, as_of_day, wanted := '{}') as table
with events as (
  select *, count(*) over (partition by account_id, month) as in_month,
    month - 1 as day_before, least(last_day(churned_on), cast(as_of_day as date)) as day_after
  from churn_lines
  where churned_on <= cast(as_of_day as date)
    and (account_id in (select account_id from in_scope(wanted)) or (account_id is null and wanted = '{}'))
),
paid as (
  select e.churn_id,
    coalesce(sum(p.mrr) filter (where p.start_date <= e.day_before and p.last_open_end > e.day_before), 0) as s,
    coalesce(sum(p.mrr) filter (where p.start_date <= e.day_after and p.last_open_end > e.day_after), 0) as e
  from events e
  join paying_subscriptions p on p.account_id = e.account_id
  group by e.churn_id
)
select
  e.churn_id, e.account_id, e.churned_on, e.month, e.reason, e.category, e.comment, e.is_full,
  round(coalesce(e.mrr_stated, case when p.churn_id is not null then greatest(p.s - p.e, 0) / e.in_month end), 6)
    as mrr_lost,
  round(p.e, 6) as mrr_after
from events e
left join paid p on p.churn_id = e.churn_id
where e.churned_on >= coalesce(cast(start_day as date), date '0001-01-01')
  and e.churned_on < coalesce(cast(end_day as date), date '9999-12-31')
