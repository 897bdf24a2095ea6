-- Topic of each ticket
-- words: The displayed topic of each ticket.
-- formula: the topic of the ticket's small cluster
-- edge cases: Tickets without text, of other categories, or like no topic have no row.
-- tables: tickets
-- column ticket_id: the ticket
-- column topic: id of the topic
-- column label: its name
-- column ignored: somebody said that the topic is of no interest
create macro ticket_topics(as_many) as table
select m.ticket_id, s.topic, s.label, s.ignored
from topic_members m
join topic_branches b on b.cluster = m.cluster
join topics_shown(as_many) s on s.node = b.node
