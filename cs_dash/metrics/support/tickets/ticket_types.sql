-- Ticket types by category
-- words: Each type in the export, its category, and the tickets it decides.
-- formula: count of tickets by type and category
-- edge cases: Tickets without a type are one row with an empty type. Categories that people, the model or the lexicon
--   gave are not counted as read from the type. Automatic messages are excluded.
-- tables: tickets
-- column type: the help desk's own type
-- column kind: the category it was taken for; empty where nobody knows; "not a ticket" for spam and the like
-- column tickets: tickets of the period
create macro ticket_types(start_day, end_day, wanted := '{}') as table
with read as (
  select type, created_at, case when kind_source = 'column' then kind end as kind
  from tickets
  where kind_source is distinct from 'label' and (kind_source = 'column' or kind is distinct from 'not a ticket')
    and (wanted = '{}' or account_id in (select account_id from in_scope(wanted)))
)
select type, kind, count(*) as tickets
from read
where (cast(start_day as date) is null or created_at >= cast(start_day as date))
  and (cast(end_day as date) is null or created_at < cast(end_day as date))
group by type, kind
order by tickets desc, type, kind
