-- Questions of a topic
-- words: The subjects of a topic's tickets that are questions, most frequent first, and the topic's central ticket.
-- formula: up to 30 different subjects in the language of the ticket in the middle that end with a question mark; the
--   ticket that the topic's name was taken from
-- edge cases: All tickets of the topic speak, of whatever period. A topic whose middle ticket is gone has no subject
--   and body.
-- tables: tickets
-- column topic: id of the topic
-- column asked_as: subjects that are questions
-- column times: how many tickets have each of them
-- column subject: subject of the ticket in the middle
-- column body: the beginning of its first message
create macro topic_questions(as_many) as table
with middle as (
  select s.topic, t.subject, t.body, t.language_code
  from topics_shown(as_many) s
  left join tickets t on t.ticket_id = s.example
  where s.node = s.topic
),
asked as (
  select p.topic, trim(t.subject) as subject, count(*) as times,
    row_number() over (partition by p.topic order by count(*) desc, trim(t.subject)) as place
  from ticket_topics(as_many) p
  join tickets t on t.ticket_id = p.ticket_id
  join middle m on m.topic = p.topic and m.language_code is not distinct from t.language_code
  where regexp_matches(trim(t.subject), '[?？]$')
  group by p.topic, trim(t.subject)
),
listed as (
  select topic, list(subject order by place) as asked_as, list(times order by place) as times
  from asked
  where place <= 30
  group by topic
)
select m.topic, l.asked_as, l.times, m.subject, left(m.body, 2000) as body
from middle m
left join listed l on l.topic = m.topic
