-- Loads
-- words: Row counts of every sheet of every load: read = loaded + updated + unchanged + rejected + duplicates.
-- tables: accounts, subscriptions, usage, tickets, churn_events, surveys, notes, feature_requests, milestones, articles,
--   fx_rates
-- column version: the version that the load published
-- column loaded_on: day of the load
-- column file: the file
-- column sheet: the sheet in it
-- column table_name: the table it fed
-- column read: rows read
-- column loaded: new rows
-- column updated: rows that changed
-- column unchanged: rows that were there already
-- column rejected: rows that could not be used
-- column duplicates: repeated rows
-- column assumptions: what had to be assumed
create view load_history as
select version, loaded_on, file, sheet, table_name, read, loaded, updated, unchanged, rejected, duplicates, assumptions
from load_reports
order by version desc, file, sheet, table_name
