-- Rows changed by the latest load
-- words: New, changed and removed rows of each table in the latest load.
-- tables: accounts, subscriptions, usage, tickets, churn_events, surveys, notes, feature_requests, milestones, articles,
--   fx_rates
-- column table_name: the table
-- column loaded: new rows
-- column updated: rows that changed
-- column gone: rows that were taken out, because the new file lacks them
create view load_counts as
select table_name, cast(sum(loaded) as bigint) as loaded, cast(sum(updated) as bigint) as updated,
  cast(sum(coalesce(gone, 0)) as bigint) as gone
from load_reports
where version = (select max(version) from load_reports)
group by table_name
having sum(loaded) + sum(updated) + sum(coalesce(gone, 0)) > 0
order by table_name <> 'accounts', table_name
