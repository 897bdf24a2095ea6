-- Roadmap items
-- words: The items on the roadmap with what was decided of each: evidence, score, decision, owner, shipping.
-- edge cases: What nobody decided is empty: an item without effort has no score. A review is of one decision: it does not
--   count for a later one. A release date that came back from the
--   tool where items are built counts where no day of shipping was entered.
-- source: METRICS, topics and opportunities
-- tables: tickets
-- column item: id of the item: R-1, R-2 ...
-- column title: what it is called
-- column fix: kind of fix: documentation, in-product guidance, usability, missing capability, training
-- column topics: ids of the topics it is made from
-- column requests: titles of the feature requests it is made from
-- column reasons: recorded churn reasons it is made from
-- column impact: 3, 2, 1, 0.5 or 0.25
-- column confidence: from 0 to 1
-- column effort: person-months
-- column decision: accepted, deferred or declined
-- column owner: the accountable person
-- column team: product or cs
-- column reason: why it was decided so
-- column target: expected change of the rate of its topics; -0.3 is 30 % fewer
-- column due: by when
-- column decided_on: day of the decision
-- column shipped_on: day it shipped
-- column shipped_to: account and day, where it shipped to some accounts only
-- column review: kept or missed, as said at a review of this decision; empty where nobody did
-- column reviewed_on: day of the review
-- column reviewed_by: who said so
-- column review_note: why
-- column tracker_key: its key in the tool where it is built
-- column tracker_state: its state there
create table roadmap_items as
select i.subject as item, i.value ->> '$.title' as title, nullif(i.value ->> '$.fix', '') as fix,
  coalesce(from_json(i.value -> '$.topics', '["VARCHAR"]'), []) as topics,
  coalesce(from_json(i.value -> '$.requests', '["VARCHAR"]'), []) as requests,
  coalesce(from_json(i.value -> '$.reasons', '["VARCHAR"]'), []) as reasons,
  cast(s.value ->> '$.impact' as double) as impact, cast(s.value ->> '$.confidence' as double) as confidence,
  cast(s.value ->> '$.effort' as double) as effort,
  d.value ->> '$.decision' as decision, d.value ->> '$.owner' as owner, d.value ->> '$.team' as team,
  nullif(d.value ->> '$.reason', '') as reason, cast(d.value ->> '$.target' as double) as target,
  cast(d.value ->> '$.due' as date) as due, cast(d.value ->> '$.on' as date) as decided_on,
  coalesce(cast(h.value ->> '$.on' as date), try_cast(t.value ->> '$.released' as date)) as shipped_on,
  from_json(nullif(h.value -> '$.accounts', 'null'), '"MAP(VARCHAR, VARCHAR)"') as shipped_to,
  r.value ->> '$.outcome' as review, cast(r.value ->> '$.on' as date) as reviewed_on,
  nullif(r.value ->> '$.by', '') as reviewed_by, nullif(r.value ->> '$.note', '') as review_note,
  t.value ->> '$.key' as tracker_key, t.value ->> '$.state' as tracker_state
from decisions i
left join decisions s on s.kind = 'item score' and s.subject = i.subject
left join decisions d on d.kind = 'item decision' and d.subject = i.subject
left join decisions h on h.kind = 'item shipped' and h.subject = i.subject
left join decisions t on t.kind = 'item tracked' and t.subject = i.subject
left join decisions r on r.kind = 'item review' and r.subject = i.subject
  and r.value ->> '$.decided.on' = d.value ->> '$.on' and r.value ->> '$.decided.decision' = d.value ->> '$.decision'
  and r.value ->> '$.decided.owner' = d.value ->> '$.owner'
  and r.value ->> '$.decided.due' is not distinct from d.value ->> '$.due'
where i.kind = 'roadmap item'
order by cast(split_part(i.subject, '-', 2) as integer)
