-- Examples of what customers wrote
-- words: For each roadmap item up to three tickets and feature requests that stand for it: the latest with different words.
-- formula: up to the as-of date, latest first
-- edge cases: The same subject in any letter case is one example. Churn reasons are no examples: the item names them.
-- tables: tickets, feature_requests, accounts
-- column item: id of the item
-- column place: 1 is the latest
-- column source: ticket or request
-- column evidence_id: id of the ticket or request
-- column text: subject of the ticket, or title of the request
create macro roadmap_examples(as_of_day, wanted := '{}') as table
with latest as (
  select item, source, arg_max(evidence_id, (said_at, evidence_id)) as evidence_id,
    arg_max(text, (said_at, evidence_id)) as text, max((said_at, evidence_id)) as written
  from roadmap_evidence(cast(as_of_day as date) + 1, wanted)
  where source in ('ticket', 'request') and trim(text) <> ''
  group by item, source, lower(trim(text))
),
placed as (
  select item, row_number() over (partition by item order by source = 'ticket' desc, written desc) as place, source,
    evidence_id, text
  from latest
)
from placed
where place <= 3
order by item, place
