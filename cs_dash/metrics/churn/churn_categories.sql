-- Edited churn categories
-- words: Churn categories that were renamed, reclassified, given other words or added, on the Settings page or the
--   command line; all others are at their defaults.
-- edge cases: A category keeps its original key, so that a renamed category keeps its reasons. A category reset to
--   its default has no row.
-- tables: churn_events
-- column key: the name that the category began with
-- column name: what it is called
-- column decided: what was decided, as JSON: name, controllable (empty: not judged), payment, words
create view churn_categories as
select subject as key, value ->> '$.name' as name, value as decided
from decisions
where kind = 'churn category'
order by key
