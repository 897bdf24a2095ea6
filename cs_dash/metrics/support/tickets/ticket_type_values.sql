-- Ticket types of the help desk
-- words: Every type in the export, with its tickets and how many of these have no category from the export or a
--   person.
-- formula: count of tickets by type
-- edge cases: Tickets without a type are one row with an empty type. Spam, merged duplicates and automatic messages are
--   counted too, but never as untold: a type may be all spam. The example is the latest subject.
-- tables: tickets
-- column value: the help desk's own type
-- column tickets: tickets of the period that have it
-- column untold: those of them whose category neither the export nor a person tells
-- column example: the latest subject, of an untold ticket where there is one
create macro ticket_type_values(start_day, end_day, wanted := '{}') as table
with each as (
  select trim(coalesce(type, '')) as value, subject, created_at, ticket_id,
    coalesce(kind_source, 'none') not in ('column', 'label') and kind is distinct from 'not a ticket' as untold
  from tickets
  where (cast(start_day as date) is null or created_at >= cast(start_day as date))
    and (cast(end_day as date) is null or created_at < cast(end_day as date))
    and (wanted = '{}' or account_id in (select account_id from in_scope(wanted)))
)
select value, count(*) as tickets, count(*) filter (where untold) as untold,
  arg_max(subject, row(untold, created_at, ticket_id)) filter (where subject is not null) as example
from each
group by value
order by untold desc, tickets desc, value
