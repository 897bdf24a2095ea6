-- Topic of each ticket, whatever people labelled
-- words: The displayed topic of each ticket as if nobody had labelled it since: labels of single tickets that were given
--   after a ship must not make its effect.
-- formula: the topic of the ticket's small cluster; of a ticket that people labelled, of the one it was in before
-- edge cases: A ticket that was labelled before topics were looked for is where its label puts it. Whatever reclassifies
--   tickets of all days alike, such as the model or the mapping of a type, counts.
-- tables: tickets
-- column ticket_id: the ticket
-- column topic: id of the topic; empty where it is in none of the displayed ones
-- column label: its name
-- column ignored: somebody said that the topic is of no interest
create macro unlabelled_topics(as_many) as table
with members as (
  select ticket_id, cluster from topic_members where ticket_id not in (select ticket_id from topic_relabelled)
  union all
  select ticket_id, cluster from topic_relabelled where cluster is not null
)
select m.ticket_id, s.topic, s.label, s.ignored
from members m
join topic_branches b on b.cluster = m.cluster
join topics_shown(as_many) s on s.node = b.node
