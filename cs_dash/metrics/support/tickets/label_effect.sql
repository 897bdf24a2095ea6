-- Effect of labels
-- words: Labelled tickets, tickets the model trained on, tickets the model categorised, and the model's accuracy on
--   how-to vs other.
-- formula: right = labelled tickets that models which did not learn from them call how-to or not as people did / all
--   such tickets
-- edge cases: Cross-validated in five parts. Only labels of tickets that the model would have had to tell count: not
--   those whose category the export's own columns say. People label the tickets they stumble over, so the model may be
--   righter about the others; only an audit of tickets drawn at random tells. All tickets count, whatever the period.
-- source: cross-validation: Stone 1974
-- tables: tickets
-- column labelled: tickets whose category people said
-- column learnt: those of them with a text, which a model learns from
-- column modelled: tickets whose category the model gave
-- column checked: labelled tickets that models which did not learn from them told of
-- column agreed: those of them where they say how-to or not as people do
-- column howto: those of them that people call how-to
create view label_effect as
with told as (
  select kind, kind_source, subject is not null or body is not null as has_text,
    case when kind_source = 'label' and howto_score is not null and howto_score not in (0, 1) then howto_score end as crossed
  from tickets
)
select count(*) filter (where kind_source = 'label') as labelled,
  count(*) filter (where kind_source = 'label' and has_text and kind is distinct from 'not a ticket') as learnt,
  count(*) filter (where kind_source = 'model') as modelled,
  count(crossed) as checked,
  count(crossed) filter (where (crossed >= 0.5) = (kind = 'how-to')) as agreed,
  count(crossed) filter (where kind = 'how-to') as howto
from told
