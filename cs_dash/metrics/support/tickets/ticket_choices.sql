-- Ticket filters
-- words: Every topic, product area, type, language and account that some ticket has, most frequent first.
-- formula: tickets per value
-- edge cases: Tickets of the whole past are counted. Values that no ticket has are not listed. Types that differ only
--   in letter case are one, as most tickets write it.
-- tables: tickets, accounts
-- column field: topic, area, type, language or account
-- column value: the topic's or the account's id; the area; the type; the language's code
-- column name: what it is called
-- column tickets: tickets that have it
create macro ticket_choices() as table
with each as (
  select unnest([
    {'field': 'area', 'value': product_area}, {'field': 'language', 'value': language},
    {'field': 'account', 'value': account_id}
  ], recursive := true)
  from tickets_in(null, null)
),
types as (
  select 'type' as field, mode(trim(type) order by trim(type)) as value, value as name, count(*) as tickets
  from tickets_in(null, null)
  where trim(type) <> ''
  group by lower(trim(type))
),
topics as (
  select 'topic' as field, p.topic as value, any_value(p.label) as name, count(*) as tickets
  from tickets_in(null, null) t
  join ticket_topics(null) p on p.ticket_id = t.ticket_id
  where t.kind is null or t.kind in ('how-to', 'feature request')
  group by p.topic
)
select e.field, e.value, case when e.field = 'account' then coalesce(any_value(a.account), e.value) else e.value end as name,
  count(*) as tickets
from each e
left join accounts a on a.account_id = e.value and e.field = 'account'
where e.value is not null
group by e.field, e.value
union all
from types
union all
from topics
order by field, tickets desc, value
