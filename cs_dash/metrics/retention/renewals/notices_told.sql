-- Availability of notices
-- words: Whether any file gives future end dates or states of contract lines. Without either, no known notice is not
--   the same as none.
-- tables: subscriptions
-- column told: true where something does
create macro notices_told(as_of_day) as table
select coalesce(bool_or(status is not null or end_date > cast(as_of_day as date)), false) as told
from subscriptions
