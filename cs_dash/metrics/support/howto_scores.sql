-- How-to score of each ticket
-- words: A score for each ticket, higher the likelier it is how-to, from the category given by the export, the model
--   or the lexicon. An audit measures how accurate the scores are and adjusts the share.
-- formula: the model's probability of how-to where the model gave the category; else 1 for how-to and 0 for another
--   category; no category: the mean of those with a score
-- edge cases: Labels are not part of a ticket's score: otherwise tickets that were both sampled and corrected would
--   be more accurate than the rest, and the audit would overstate the accuracy. A labelled ticket has the score of a
--   model that did not learn from it. The scores need not be accurate: the adjusted share is valid in any case, and
--   only its interval narrows with better scores.
-- source: any score may be used in prediction-powered inference: Angelopoulos and others 2023; Zrnic and Candès 2024
--   for labels
-- tables: tickets
-- column ticket_id: the ticket
-- column created_on: the day it was created
-- column area: area of the product, as the export says
-- column kind: its category
-- column source: where the category comes from: label, column, model, lexicon; none
-- column score: the score, from 0 to 1
create macro howto_scores(start_day, end_day, wanted := '{}') as table
with known as (
  select ticket_id, created_on, product_area as area, kind, source,
    case
      when source = 'label' or howto_score is not null then howto_score
      when kind = 'how-to' then 1
      when kind is not null then 0
    end as score
  from tickets_in(start_day, end_day, wanted)
)
select ticket_id, created_on, area, kind, source, coalesce(score, avg(score) over (), 0) as score
from known
