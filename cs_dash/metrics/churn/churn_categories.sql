-- Categories of churn reasons that differ
-- words: The categories that somebody renamed, judged anew, gave words of their own, or added, on the Settings page or on the
--   command line; all others are as the taxonomy begins.
-- edge cases: A category keeps the key that it began with, so that a new name takes its reasons along. One that was given
--   back has no row.
-- tables: churn_events
-- column key: the name that the category began with
-- column name: what it is called
-- column decided: what was decided, as JSON: name, controllable (empty: not judged), payment, words
create view churn_categories as
select subject as key, value ->> '$.name' as name, value as decided
from decisions
where kind = 'churn category'
order by key
