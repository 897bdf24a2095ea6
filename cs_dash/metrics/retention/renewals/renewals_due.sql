-- Renewals due
-- words: Every renewal due in a period: MRR due, renewed, lost and still open.
-- formula: due = MRR, on the day before, of the account's lines that are due; renewed = min(due, MRR on the due day
--   of those lines and of the lines that begin on that day); lost = due - renewed; open = due where the day is still to
--   come
-- edge cases: Capped at the amount due per renewal, so that growth at one cannot hide the loss of another. Lines that
--   begin on the day first replace lines that end on it without being due. An account that returns later has not
--   renewed. Month-to-month lines and lines without any renewal date are excluded; lines under notice have no renewal
--   ahead. A renewal whose stated date is past while the line continues is overdue, not settled, and no later renewal
--   is computed from it. A stated date more than one term ahead shows that the term is different: no earlier renewal
--   is computed from it.
-- source: common usage (renewal rate); the cap per renewal as in gross revenue retention
-- tables: subscriptions, accounts
-- column account_id: the account
-- column account: its name
-- column csm: its customer success manager (CSM)
-- column due_on: the day of the renewal
-- column due: MRR due for renewal
-- column renewed: MRR that was renewed
-- column lost: MRR that was not
-- column still_open: MRR whose day lies after the as-of date
-- column told_by: what tells the day: line, account or counted (from the start of the line)
-- column is_computed: the day is counted in whole terms; false where it is the one that a file states
create macro renewals_due(as_of_day, start_day, end_day, wanted := '{}') as table
with stepped as (
  select *, unnest(range(
    floor(date_diff('month', anchor, greatest(start_date, cast(start_day as date))) / term)::bigint - 1,
    floor(date_diff('month', anchor, least(last_open_end, cast(end_day as date))) / term)::bigint + 2
  )) as k
  from renewal_terms
  where anchor is not null and account_id in (select account_id from in_scope(wanted))
),
placed as (
  select *, cast(anchor + to_months(cast(k * term as integer)) as date) as due_on from stepped
),
dues as (
  select *
  from placed
  where due_on >= cast(start_day as date) and due_on < cast(end_day as date)
    and start_date < due_on and last_open_end >= due_on
    and (due_on <= cast(as_of_day as date)
      or subscription_id not in (select subscription_id from lines_under_notice(as_of_day)))
    and (k >= 0 or told_by = 'counted'
      or anchor <= greatest(cast(as_of_day as date), (select newest_day from newest_day)) + to_months(term))
    and (due_on < anchor or subscription_id not in (select subscription_id from lines_overdue(as_of_day)))
),
renewals as (
  select account_id, due_on, sum(mrr) as due, coalesce(sum(mrr) filter (where last_open_end > due_on), 0) as kept,
    coalesce(sum(mrr) filter (where last_open_end = due_on), 0) as ended_due, min(told_by) as told_by,
    bool_or(k <> 0 or told_by = 'counted') as is_computed
  from dues
  group by account_id, due_on
),
begun as (
  select account_id, start_date as day, sum(mrr) as mrr from paying_subscriptions group by account_id, start_date
),
ended as (
  select account_id, end_date as day, sum(mrr) as mrr from paying_subscriptions where end_date is not null
  group by account_id, end_date
),
settled as (
  select r.account_id, r.due_on, round(r.due, 6) as due, r.told_by, r.is_computed, r.due_on > cast(as_of_day as date) as is_ahead,
    round(least(r.due, r.kept + greatest(coalesce(b.mrr, 0) - (coalesce(e.mrr, 0) - r.ended_due), 0)), 6) as kept
  from renewals r
  left join begun b on b.account_id = r.account_id and b.day = r.due_on
  left join ended e on e.account_id = r.account_id and e.day = r.due_on
)
select s.account_id, coalesce(a.account, s.account_id) as account, a.csm, s.due_on, s.due,
  case when is_ahead then 0 else kept end as renewed,
  case when is_ahead then 0 else round(due - kept, 6) end as lost,
  case when is_ahead then due else 0 end as still_open,
  s.told_by, s.is_computed
from settled s
left join accounts a on a.account_id = s.account_id
order by s.due_on, s.account_id
