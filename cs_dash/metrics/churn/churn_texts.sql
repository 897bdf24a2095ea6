-- Recorded churn reasons
-- words: Every reason text of the churn events, once; an event without one is known by its group. These are the texts
--   that the taxonomy is applied to.
-- tables: churn_events
-- column said: the text
create view churn_texts as
select distinct coalesce(reason, category) as said
from churn_lines
where coalesce(reason, category) is not null
order by said
