-- State of the topics
-- words: How many of the relevant tickets have a topic, and how topics changed at the last load.
-- formula: counts of tickets
-- edge cases: Tickets of other categories are not counted. Without any topic the counts are there all the same.
-- tables: tickets
-- column wanted_tickets: how-to tickets and feature requests of the period
-- column silent: those that no topic can be found for, as their text says too little or is missing
-- column textless: those of them without a subject and a first message
-- column placed_tickets: those with a topic, ignored ones too
-- column ignored_tickets: those in ignored topics
-- column ignored_topics: topics that are ignored
-- column topics: topics that are shown
-- column looked: topics were looked for
-- column unknown_kinds: most tickets have no category, so those without one are among them
-- column anew: all topics were made from scratch at the last load
-- column placed: tickets opened with it and went to a topic that was there
-- column founded: topics that began with it
-- column loose: tickets that are like no topic
-- column moved: tickets that are in another topic than before
-- column gone: topics that are no more
create macro topic_state(start_day, end_day, as_many, wanted := '{}') as table
with state as (
  select count(*) > 0 as looked, any_value(unknown_kinds) as unknown_kinds, any_value(anew) as anew, any_value(placed) as placed,
    any_value(founded) as founded, any_value(loose) as loose, any_value(moved) as moved, any_value(gone) as gone
  from topic_makings
),
counted as (
  select count(*) filter (where t.kind is not null or s.unknown_kinds) as wanted_tickets,
    count(*) filter (where m.ticket_id is not null and m.cluster is null) as silent,
    count(*) filter (where not t.has_text) as textless,
    count(p.topic) as placed_tickets, count(*) filter (where p.ignored) as ignored_tickets
  from tickets_in(start_day, end_day, wanted) t
  cross join state s
  left join topic_members m on m.ticket_id = t.ticket_id
  left join ticket_topics(as_many) p on p.ticket_id = t.ticket_id
  where t.kind is null or t.kind in ('how-to', 'feature request')
)
select c.*, s.*,
  (select count(distinct topic) from topics_shown(as_many) where ignored) as ignored_topics,
  (select count(distinct topic) from topics_shown(as_many) where not ignored) as topics
from counted c
cross join state s
