-- Recorded churn reasons
-- words: Each distinct reason text of the churn events; for an event without one, its category. The rules apply to
--   these texts.
-- tables: churn_events
-- column said: the text
create view churn_texts as
select distinct coalesce(reason, category) as said
from churn_lines
where coalesce(reason, category) is not null
order by said
