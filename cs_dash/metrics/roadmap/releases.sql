-- Releases of the data
-- words: What the loaded data say was shipped to all customers, with the topics that it is likely about, so that a roadmap
--   item can be made of it.
-- formula: per topic and word of what the release addresses (else of its title), the tickets whose subject has the word, as
--   a share of the topic's tickets, added up over the words; proposed are the topic with the largest sum, and those that
--   reach four fifths of it
-- edge cases: Words of fewer than four letters are left out; of longer ones the last two letters are, so that "reports"
--   finds "report". Fewer than five tickets propose no topic. Ignored topics are never proposed. It is a proposal: somebody
--   decides.
-- tables: milestones, tickets
-- column release_id: id of the milestone
-- column title: what was shipped
-- column released_on: the day
-- column about: the how-to topic that it addresses, as the data say
-- column topics: ids of the proposed topics
-- column labels: their names
-- column tickets: their tickets
-- column item: the roadmap item of this title; empty where there is none
create view releases as
with released as (
  select milestone_id as release_id, coalesce(title, topic, milestone) as title, reached_on as released_on, topic as about
  from milestones
  where lower(milestone) in ('shipped', 'release', 'released') and account_id is null and account_ref is null
    and account_name is null and reached_on is not null
),
words as (
  select release_id, word
  from (select release_id, unnest(regexp_split_to_array(lower(coalesce(about, title)), '[^\p{L}]+')) as word from released)
  where length(word) >= 4
),
stems as (select distinct release_id, left(word, greatest(4, length(word) - 2)) as stem from words),
written as (
  select p.topic, p.label, lower(t.subject) as subject, count(*) as tickets
  from ticket_topics(null) p
  join tickets t on t.ticket_id = p.ticket_id
  where not p.ignored and exists (from released)
  group by p.topic, p.label, lower(t.subject)
),
sizes as (select topic, any_value(label) as label, sum(tickets) as tickets from written group by topic),
hits as (
  select s.stem, w.topic, sum(w.tickets) as tickets
  from (select distinct stem from stems) s
  join written w on contains(w.subject, s.stem)
  group by s.stem, w.topic
),
likely as (
  select s.release_id, h.topic, sum(h.tickets) as hits, sum(h.tickets / z.tickets) as share
  from stems s
  join hits h on h.stem = s.stem
  join sizes z on z.topic = h.topic
  group by s.release_id, h.topic
  having sum(h.tickets) >= 5
),
proposed as (
  select *, max(share) over (partition by release_id) as largest from likely
),
listed as (
  select p.release_id, list(z.topic order by p.share desc, z.topic) as topics,
    list(z.label order by p.share desc, z.topic) as labels, cast(sum(z.tickets) as bigint) as tickets
  from proposed p
  join sizes z on z.topic = p.topic
  where p.share >= 0.8 * p.largest
  group by p.release_id
)
select r.release_id, r.title, r.released_on, r.about, coalesce(l.topics, []) as topics, coalesce(l.labels, []) as labels,
  coalesce(l.tickets, 0) as tickets, i.item
from released r
left join listed l on l.release_id = r.release_id
left join (select lower(trim(title)) as title, min(item) as item from roadmap_items group by lower(trim(title))) i
  on i.title = lower(trim(r.title))
order by r.released_on desc, r.release_id
