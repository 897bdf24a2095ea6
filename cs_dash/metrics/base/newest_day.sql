-- Latest day of the data
-- words: The last day on which anything is known to have happened: the default as-of date. Today's date plays no
--   part.
-- formula: the latest of: tickets opened, answered or solved, use, surveys, notes, requests, churn, payments by month
--   or invoice, contracts that began or were cancelled, and contracts that ended after all of these
-- edge cases: Days after the load are plans, not facts, and excluded. A contract's end after everything else counts
--   as something that happened where nothing else but contracts tells the time, and where it is no end of a term: most
--   lines then running name no end, or its length is no usual term, or its status says that it is over. The end of a
--   line under notice is still to come. What sheets of months or of invoices tell of payments counts to the last month
--   they tell.
-- tables: subscriptions, usage, tickets, churn_events, surveys, notes, feature_requests
create table newest_day as
with loaded as (select coalesce(max(loaded_on), current_date) as day from load_reports),
daily as (
  select max(last_day) as day from usage_weeks
  union all select max(used_on) from usage, loaded where account_id is null and used_on <= loaded.day
  union all
  select max(cast(moment as date))
  from (
    select unnest([
      created_at, first_reply_at, solved_at, created_at + to_minutes(cast(first_reply_minutes as bigint)),
      created_at + to_minutes(cast(resolution_minutes as bigint))
    ]) as moment from tickets
  ), loaded
  where cast(moment as date) <= loaded.day
  union all select max(answered_on) from surveys, loaded where answered_on <= loaded.day and not coalesce(assumed, false)
  union all select max(noted_on) from notes, loaded where noted_on <= loaded.day
  union all select max(requested_on) from feature_requests, loaded where requested_on <= loaded.day
  union all
  select max(case when kind in ('invoice', 'movement', 'level', 'leaving') then starts
    else least(last_day(cast(starts + to_months(cast(coalesce(months, 1) as integer) - 1) as date)), loaded.day) end)
  from contract_pieces, loaded where starts <= loaded.day
),
begun as (select max(start_date) as day from subscriptions, loaded where start_date <= loaded.day),
facts as (
  from daily union all from begun
  union all select max(churned_on) from churn_events, loaded where churned_on <= loaded.day
  union all
  select max(told_on) from (select unnest([gone_by, notice_on]) as told_on from subscriptions), loaded
  where told_on <= loaded.day
  union all select max(answered_on) from surveys, loaded where answered_on <= loaded.day
),
newest_fact as (select max(day) as day from facts),
running as (
  select end_date,
    coalesce(standing = 'gone', false) as is_over,
    coalesce(datesub('month', start_date, end_date + 1), 0) as months,
    start_date + to_months(cast(datesub('month', start_date, end_date + 1) as integer)) in (end_date, end_date + 1) as is_whole
  from subscriptions, newest_fact
  where start_date <= newest_fact.day and (end_date > newest_fact.day or end_date is null)
    and standing is distinct from 'leaving'
),
habits as (select count(*) filter (where end_date is null) * 2 > count(*) as most_name_no_end from running),
ended as (
  select max(end_date) as day
  from running, loaded, habits
  where end_date <= loaded.day
    and (most_name_no_end or is_over or not (is_whole and (months % 12 = 0 or months in (1, 3, 6))))
    and (select coalesce(max(day) < (select day from begun) - 31, true) from daily)
)
select cast(case when max(day) is not null then least(max(day), (select day from loaded)) end as date) as newest_day
from (from facts union all from ended)
