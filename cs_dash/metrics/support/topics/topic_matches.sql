-- Topics found by name
-- words: Topics whose name holds the text, in any letter case and with or without accents: first those that begin with it,
--   then those of which a word begins with it.
-- edge cases: Only topics that are shown: merged ones are found by the name of the topic they were merged into, ignored ones
--   not at all.
-- tables: tickets
-- column topic: id of the topic
-- column label: its name
create macro topic_matches(text_in, rows_at_most) as table
with spelled as (
  select distinct topic, label, strip_accents(lower(label)) as name, strip_accents(lower(trim(text_in))) as sought
  from topics_shown(null)
  where not ignored
)
select topic, label
from spelled
where contains(name, sought)
order by
  case when starts_with(name, sought) then 0 when contains(name, concat(' ', sought)) then 1 else 2 end, length(label), label, topic
limit rows_at_most
