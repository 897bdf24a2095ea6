-- Completeness of the data
-- words: For each table: rows, latest date, accounts covered and rows without an account.
-- formula: coverage = accounts with at least one row / all accounts; for accounts themselves: those that a file
--   describes
-- edge cases: Duplicates are the repeated rows that loads excluded, each upload counted once. Tables without accounts
--   have no coverage and no orphans.
-- tables: accounts, subscriptions, usage, tickets, churn_events, surveys, notes, feature_requests, milestones, articles,
--   fx_rates
-- column place: order of the tables
-- column table_name: the table
-- column rows: rows in it
-- column newest: latest day of its rows
-- column coverage: share of the accounts
-- column orphans: rows that match no account
-- column duplicates: repeated rows that were excluded
-- column rejected: rows that could not be used
-- column read: rows that loads read for it
create view table_quality as
with counted as (
  select 1 as place, 'accounts' as table_name, count(*) as rows, max(signup_date) as newest,
    count(*) filter (where not coalesce(implied, false)) as covered, 0 as orphans from accounts
  union all select 2, 'subscriptions', count(*), max(start_date), count(distinct account_id),
    count(*) filter (where account_id is null) from subscriptions
  union all select 3, 'usage', count(*), max(used_on), count(distinct account_id),
    count(*) filter (where account_id is null) from usage
  union all select 4, 'tickets', count(*), max(cast(created_at as date)), count(distinct account_id),
    count(*) filter (where account_id is null) from tickets
  union all select 5, 'churn_events', count(*), max(churned_on), count(distinct account_id),
    count(*) filter (where account_id is null) from churn_events
  union all select 6, 'surveys', count(*), max(answered_on), count(distinct account_id),
    count(*) filter (where account_id is null) from surveys
  union all select 7, 'notes', count(*), max(noted_on), count(distinct account_id),
    count(*) filter (where account_id is null) from notes
  union all select 8, 'feature_requests', count(*), max(requested_on), count(distinct account_id),
    count(*) filter (where account_id is null) from feature_requests
  union all select 9, 'milestones', count(*), max(reached_on), count(distinct account_id), 0 from milestones
  union all select 10, 'articles', count(*), max(updated_on), null, null from articles
  union all select 11, 'fx_rates', count(*), max(rate_on), null, null from fx_rates
),
repeated as (
  select table_name, sum(duplicates) as duplicates, sum(rejected) as rejected, sum(read) as read
  from (
    -- An upload that was loaded again counts as it was last read.
    select table_name, upload, sheet, max(duplicates) as duplicates, arg_max(rejected, version) as rejected,
      arg_max(read, version) as read
    from load_reports group by table_name, upload, sheet
  )
  group by table_name
)
select c.place, c.table_name, c.rows, c.newest,
  case when c.rows > 0 then c.covered / nullif((select count(*) from accounts), 0) end as coverage,
  c.orphans, cast(coalesce(r.duplicates, 0) as bigint) as duplicates,
  cast(coalesce(r.rejected, 0) as bigint) as rejected, cast(coalesce(r.read, 0) as bigint) as read
from counted c
left join repeated r on r.table_name = c.table_name
order by c.place
