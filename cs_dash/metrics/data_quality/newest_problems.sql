-- Problems in the latest load
-- words: Rows and values of the latest load that could not be used, or only with a caveat, and the suggested fix.
-- tables: accounts, subscriptions, usage, tickets, churn_events, surveys, notes, feature_requests, milestones, articles,
--   fx_rates
-- column version: the version
-- column file: the file
-- column sheet: the sheet in it
-- column table_name: the table it feeds
-- column row: row of the sheet, as the spreadsheet numbers it
-- column column_name: the column
-- column value: what stands there
-- column what: what is wrong with it
-- column advice: what to do
-- column fatal: the row was excluded
create view newest_problems as
select version, file, sheet, table_name, row, column_name, value, what, advice, fatal
from load_problems
where version = (select max(version) from load_reports)
order by file, sheet, table_name, row
