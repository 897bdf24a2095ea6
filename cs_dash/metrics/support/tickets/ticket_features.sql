-- Feature named in a ticket
-- words: The product feature a ticket is about, as named in the usage file: from the ticket's area, else from its
--   subject.
-- formula: product area = name of a feature, in lower case; else the longest name of a feature that the subject
--   contains
-- edge cases: A ticket that names no feature has no row. Names of fewer than four letters are looked for in the area
--   only.
-- tables: tickets, usage
-- column ticket_id: the ticket
-- column feature: the feature, as the usage file writes it
create view ticket_features as
with features as (
  select lower(trim(feature)) as word, min(feature) as feature
  from usage_feature_weeks
  where trim(feature) <> ''
  group by lower(trim(feature))
),
by_area as (
  select t.ticket_id, f.feature from tickets t join features f on f.word = lower(trim(t.product_area))
),
by_subject as (
  select t.ticket_id, arg_max(f.feature, (length(f.word), f.feature)) as feature
  from (select ticket_id, lower(subject) as said from tickets where subject is not null) t
  join features f on length(f.word) >= 4 and contains(t.said, f.word)
  where t.ticket_id not in (select ticket_id from by_area)
  group by t.ticket_id
)
select ticket_id, feature from by_area
union all
select ticket_id, feature from by_subject
