-- Whether anything tells of notices
-- words: Whether a file says of any line that it ends on a day to come, or in which state it is. Without either nobody can
--   know who gave notice: none known is then not the same as none.
-- tables: subscriptions
-- column told: true where something does
create macro notices_told(as_of_day) as table
select coalesce(bool_or(status is not null or end_date > cast(as_of_day as date)), false) as told
from subscriptions
