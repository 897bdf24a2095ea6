-- How the help desk's own types were read
-- words: Each type that the export names, the kind it was taken for, and how many tickets that decides.
-- formula: count of tickets by type and kind
-- edge cases: Tickets without a type are one row with an empty type.
-- tables: tickets
-- column type: the help desk's own type
-- column kind: the kind it was taken for; empty where nobody knows; "not a ticket" for spam and the like
-- column tickets: tickets of the period
create macro ticket_types(start_day, end_day) as table
select type, kind, count(*) as tickets
from tickets
where (cast(start_day as date) is null or created_at >= cast(start_day as date))
  and (cast(end_day as date) is null or created_at < cast(end_day as date))
group by type, kind
order by tickets desc, type, kind
