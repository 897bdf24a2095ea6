-- Tickets to label
-- words: The tickets whose labels improve the model most, in order: least confident ones, in turn with those of
--   categories with too few examples, and some with unknown words.
-- formula: three lists; of every five tickets two are the model's least sure ones (lowest probability first), two
--   sound like categories with fewer examples than the model needs (as many as it lacks, two categories at a time,
--   those with the most examples first), one is of none of both
-- edge cases: Left out are tickets that a person labelled, whose category the export's own columns say, that count as
--   no ticket, that have no text, and all that were drawn for an audit. A labelled ticket's score comes from models
--   that did not learn from it, so an audit stands a few labels among those drawn; but whoever labels here has seen the
--   model's guess, which an audit must not, and a model taught by drawn tickets would be better on the sample than on
--   the rest. Tickets that were labelled can be drawn later. Without a model nothing is unsure: the order begins with
--   the most frequent suggested categories. Ties and the other lists are in the order of the MD5 of the ticket's id, so
--   the order is the same every time.
-- source: uncertainty sampling: Lewis and Gale 1994; least confident first, and rare categories apart: Settles 2009
-- tables: tickets
-- column ticket_id: the ticket
-- column created_at: when it was created
-- column subject: its subject
-- column body: its first message
-- column language: code of its language
-- column kind: the category that was found for it; empty where nobody knows
-- column source: where the category comes from: model, lexicon; none
-- column probability: how sure the model was of the category; empty where it was not asked
-- column because: the words that decided, where the model gave the category
-- column topic: id of its topic; empty where it has none
-- column about: name of its topic
-- column why: unsure, few examples, unknown words, or later: the rest
-- column place: its place in the order, from 1
-- column waiting: how many tickets there are in all
create macro tickets_to_label(start_day, end_day, drawn, enough, rows_at_most, wanted := '{}') as table
with taught as (
  select kind, count(*) as examples
  from tickets
  where kind_source in ('label', 'column') and kind is distinct from 'not a ticket' and (subject is not null or body is not null)
  group by kind
),
open_ones as (
  select t.ticket_id, t.kind, t.source, t.probability, md5(t.ticket_id) as shuffled, coalesce(e.examples, 0) as examples
  from tickets_in(start_day, end_day, wanted) t
  left join taught e on e.kind = t.kind
  where t.has_text and t.source in ('model', 'lexicon', 'none')
    and t.ticket_id not in (select unnest(cast(drawn as varchar[])))
),
lacking as (
  select kind, any_value(examples) as examples,
    row_number() over (order by any_value(examples) desc, count(*) desc, kind) as rank
  from open_ones
  where source = 'lexicon' and examples < enough
  group by kind
),
among as (
  select o.*, l.rank, row_number() over (partition by o.source, o.kind order by shuffled) as nth
  from open_ones o
  left join lacking l on l.kind = o.kind and o.source = 'lexicon'
),
told as (
  select *,
    case
      when source = 'model' then 'unsure'
      when rank is null then 'unknown words'
      when nth <= enough - examples then 'few examples'
      else 'later'
    end as why
  from among
),
listed as (
  select *, row_number() over (partition by why order by probability, (rank + 1) // 2, nth, rank, shuffled) as turn
  from told
),
placed as (
  select ticket_id, why, count(*) over () as waiting,
    row_number() over (
      order by case why when 'later' then 1e12 + turn when 'unknown words' then turn - 0.5 else (turn - 0.5) / 2 end, why desc
    ) as place
  from listed
)
select p.ticket_id, t.created_at, t.subject, t.body, coalesce(t.language_code, 'unknown') as language, t.kind,
  coalesce(t.kind_source, 'none') as source, t.kind_probability as probability, t.kind_words as because, s.topic,
  s.label as about, p.why, p.place, p.waiting
from placed p
join tickets t on t.ticket_id = p.ticket_id
left join ticket_topics(null) s on s.ticket_id = p.ticket_id and (t.kind is null or t.kind in ('how-to', 'feature request'))
where p.place <= rows_at_most
order by p.place
