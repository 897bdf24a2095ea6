-- Edited churn categories
-- words: Churn categories that were renamed, reclassified, given other words or added, on the Settings page or the
--   command line; all others are at their defaults.
-- edge cases: A category keeps the key that it began with, so that a new name takes its reasons along. One that was
--   given back has no row.
-- tables: churn_events
-- column key: the name that the category began with
-- column name: what it is called
-- column decided: what was decided, as JSON: name, controllable (empty: not judged), payment, words
create view churn_categories as
select subject as key, value ->> '$.name' as name, value as decided
from decisions
where kind = 'churn category'
order by key
