-- Unused columns
-- words: Columns of the latest edition of every sheet that fill no field although they hold dates, amounts, counts,
--   states, addresses or IDs, with the metrics they could affect.
-- edge cases: Columns of accounts that are kept as custom fields are used; they are named only where they could fill
--   a field that nothing fills.
-- tables: accounts, subscriptions, usage, tickets, churn_events, surveys, notes, feature_requests, milestones
-- column file: the file
-- column sheet: the sheet in it
-- column table_name: the table that it feeds
-- column column_name: the column
-- column holds: what it is full of
-- column rows: rows that have a value
-- column of_rows: all rows
-- column fields: fields that nothing fills and that it could
-- column metrics: the metrics that those decide
create view unused_columns as
with newest as (select file, sheet, max(version) as version from load_reports group by file, sheet)
select u.file, u.sheet, u.table_name, u.column_name, u.holds, u.rows, u.of_rows, u.fields, u.metrics
from load_unused u
join newest n on n.file = u.file and n.sheet = u.sheet and n.version = u.version
order by u.file, u.sheet, len(u.metrics) = 0, u.column_name
