-- Tickets of one account by category and by topic
-- words: How many tickets of each category and of each topic an account wrote in a period, each with the newest one.
-- formula: start <= created_at < end
-- edge cases: Tickets without a category stand under "(none)". Only how-to tickets and feature requests have topics; topics that
--   somebody said are of no interest are left out.
-- tables: tickets
-- column group_type: category or topic
-- column group_id: the category, or the topic's id
-- column label: the category, or the topic's name
-- column tickets: tickets
-- column newest_on: day of the newest one
-- column newest_id: its number
-- column newest_subject: its subject
create macro account_ticket_groups(of_account, start_day, end_day) as table
with listed as (
  select t.ticket_id, t.created_at, t.created_on, t.subject, t.kind, p.topic, p.label
  from tickets_in(start_day, end_day) t
  left join ticket_topics(null) p
    on p.ticket_id = t.ticket_id and not p.ignored and (t.kind is null or t.kind in ('how-to', 'feature request'))
  where t.account_id = of_account
),
grouped as (
  select 'category' as group_type, coalesce(kind, '(none)') as group_id, coalesce(kind, '(none)') as label, * exclude (kind, topic, label)
  from listed
  union all
  select 'topic' as group_type, topic as group_id, label, * exclude (kind, topic, label) from listed where topic is not null
)
select group_type, group_id, any_value(label) as label, count(*) as tickets, max(created_on) as newest_on,
  arg_max(ticket_id, created_at) as newest_id, arg_max(subject, created_at) as newest_subject
from grouped
group by group_type, group_id
order by group_type, tickets desc, group_id
