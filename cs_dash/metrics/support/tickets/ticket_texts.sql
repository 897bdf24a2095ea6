-- What tickets of a period have
-- words: How many tickets came in, how many have a text that can be read or searched, and how many have a kind.
-- formula: counts of tickets
-- edge cases: A subject alone is a text. Spam, merged duplicates and automatic messages are left out.
-- tables: tickets
-- column tickets: tickets of the period
-- column with_text: those with a subject or a first message
-- column with_kind: those with a kind
create macro ticket_texts(start_day, end_day, wanted := '{}') as table
select count(*) as tickets, count(coalesce(subject, body)) as with_text, count(kind) as with_kind
from tickets_in(start_day, end_day, wanted)
