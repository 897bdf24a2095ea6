-- Ticket counts of a period
-- words: Tickets of a period, how many have a text, and how many have a category.
-- formula: counts of tickets
-- edge cases: A subject alone is a text. Spam, merged duplicates and automatic messages are excluded.
-- tables: tickets
-- column tickets: tickets of the period
-- column with_text: those with a subject or a first message
-- column with_kind: those with a category
create macro ticket_texts(start_day, end_day, wanted := '{}') as table
select count(*) as tickets, count(coalesce(subject, body)) as with_text, count(kind) as with_kind
from tickets_in(start_day, end_day, wanted)
