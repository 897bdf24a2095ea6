-- Tags of tickets with an uninformative type
-- words: Every tag of the tickets with one of the given types, with how many of these have no category from the
--   export or a person.
-- formula: count of tickets by tag
-- edge cases: A ticket counts once for each of its tags. Tags are separated by commas, semicolons, bars or lines,
--   else by blanks. Spam, merged duplicates and automatic messages are counted too, but never as untold.
-- tables: tickets
-- column value: the tag
-- column tickets: tickets of the period that have it
-- column untold: those of them whose category neither the export nor a person tells
-- column example: the latest subject, of an untold ticket where there is one
create macro ticket_tag_values(start_day, end_day, types, wanted := '{}') as table
with tagged as (
  select trim(replace(replace(trim(trim(tags), '[]{}'), '"', ''), '''', '')) as cell, subject, created_at,
    coalesce(kind_source, 'none') not in ('column', 'label') and kind is distinct from 'not a ticket' as untold
  from tickets
  where tags is not null and list_contains(types, trim(coalesce(type, '')))
    and (cast(start_day as date) is null or created_at >= cast(start_day as date))
    and (cast(end_day as date) is null or created_at < cast(end_day as date))
    and (wanted = '{}' or account_id in (select account_id from in_scope(wanted)))
),
cells as (
  select cell, count(*) as tickets, count(*) filter (where untold) as untold,
    max(created_at) filter (where untold and subject is not null) as newest,
    arg_max(subject, created_at) filter (where untold and subject is not null) as asking,
    arg_max(subject, created_at) filter (where subject is not null) as example,
    max(created_at) filter (where subject is not null) as last
  from tagged
  group by cell
),
each as (
  select unnest(list_distinct(list_transform(
    case when regexp_matches(cell, '[,;|\n]') then str_split_regex(cell, '[,;|\n]') else str_split_regex(cell, '\s+') end,
    lambda tag: trim(tag)
  ))) as value, * exclude (cell)
  from cells
)
select value, cast(sum(tickets) as bigint) as tickets, cast(sum(untold) as bigint) as untold,
  coalesce(arg_max(asking, newest), arg_max(example, last)) as example
from each
where value <> ''
group by value
order by untold desc, tickets desc, value
