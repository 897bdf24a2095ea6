-- Tickets of a topic
-- words: The how-to tickets and feature requests of a period with their topic.
-- formula: start <= created_at < end
-- edge cases: Topics are those of the tickets' categories when the version was made; a ticket whose category was
--   changed since and is neither how-to nor a feature request is excluded. Tickets without a category are in only where
--   most have none.
-- tables: tickets, accounts
-- column ticket_id: the ticket
-- column account_id: its account, empty where none was matched
-- column created_at: when it was created
-- column created_on: the day of that
-- column month: first day of the month of that
-- column kind: how-to or feature request; empty where nobody knows
-- column subject: its subject
-- column topic: id of its topic; empty where it has none
-- column label: the topic's name
-- column ignored: somebody said that the topic is of no interest
-- column minutes: minutes of work
create macro topic_tickets(start_day, end_day, as_many, wanted := '{}') as table
select t.ticket_id, t.account_id, t.created_at, t.created_on, t.month, t.kind, t.subject, p.topic, p.label,
  coalesce(p.ignored, false) as ignored, w.handling_minutes as minutes
from tickets_in(start_day, end_day, wanted) t
join topic_members m on m.ticket_id = t.ticket_id
join tickets w on w.ticket_id = t.ticket_id
left join ticket_topics(as_many) p on p.ticket_id = t.ticket_id
where t.kind is null or t.kind in ('how-to', 'feature request')
