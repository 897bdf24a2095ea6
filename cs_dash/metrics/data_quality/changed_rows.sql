-- Changes in the latest load
-- words: Accounts added by the latest load, values it changed, and rows it removed because the new file lacks them.
-- edge cases: Of the first load nothing is listed, as everything is new. Of other tables than accounts, new rows are
--   only counted. At most 2,000 rows a sheet are listed; the counts are whole.
-- tables: accounts, subscriptions, usage, tickets, churn_events, surveys, notes, feature_requests, milestones, articles,
--   fx_rates
-- column table_name: the table
-- column key: the row's key
-- column name: the account's name
-- column what: new, changed or removed
-- column field: the field that changed
-- column old: its value before
-- column new: its value now
create view changed_rows as
select table_name, key, name, what, field, old, new
from load_changes
where version = (select max(version) from load_reports)
order by table_name <> 'accounts', case what when 'gone' then 1 when 'new' then 2 else 3 end, name, key, field
