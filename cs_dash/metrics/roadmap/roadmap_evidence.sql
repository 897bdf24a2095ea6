-- Evidence of roadmap items
-- words: Everything that customers said that an item is made from: tickets on its topics, feature requests and churn
--   events with its reasons.
-- formula: rows up to the day before closing_day
-- edge cases: A ticket counts once for an item, whatever topics it stands for. Requests are found by their title, churn
--   events by the reason as recorded, in any letter case.
-- tables: tickets, feature_requests, churn_events, accounts
-- column item: id of the item
-- column source: ticket, request or churn
-- column evidence_id: id of the ticket, request or churn event
-- column account_id: the account; empty where none was matched
-- column said_on: the day
-- column said_at: the moment, midnight where only the day is known
-- column text: subject of the ticket, title of the request, or reason
-- column minutes: minutes of work on a ticket; below 0 they are none
-- column satisfaction: the customer's CSAT rating of a ticket
create macro roadmap_evidence(closing_day, wanted := '{}', of_item := null) as table
with in_it as (select account_id from in_scope(wanted)),
items as (from roadmap_items where of_item is null or item = of_item),
wishes as (select item, lower(trim(unnest(requests))) as title from items),
causes as (select item, lower(trim(unnest(reasons))) as reason from items),
asked as (
  select i.item, p.ticket_id
  from roadmap_item_topics i
  join ticket_topics(null) p on p.topic = i.topic
  where of_item is null or i.item = of_item
)
select a.item, 'ticket' as source, t.ticket_id as evidence_id, t.account_id, cast(t.created_at as date) as said_on,
  t.created_at as said_at, t.subject as text, case when t.handling_minutes >= 0 then t.handling_minutes end as minutes,
  t.satisfaction
from asked a
join tickets t on t.ticket_id = a.ticket_id
where (t.kind is null or t.kind in ('how-to', 'feature request')) and t.created_at < cast(closing_day as date)
  and (wanted = '{}' or t.account_id in (from in_it))
union all
select distinct w.item, 'request', r.request_id, r.account_id, r.requested_on, cast(r.requested_on as timestamp), r.title,
  cast(null as double), cast(null as double)
from feature_requests r
join wishes w on w.title = lower(trim(r.title))
where r.requested_on < cast(closing_day as date) and (wanted = '{}' or r.account_id in (from in_it))
union all
select distinct c.item, 'churn', e.churn_id, e.account_id, e.churned_on, cast(e.churned_on as timestamp), e.reason,
  cast(null as double), cast(null as double)
from churn_events e
join causes c on c.reason = lower(trim(e.reason))
where e.churned_on < cast(closing_day as date) and (wanted = '{}' or e.account_id in (from in_it))
