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
create macro roadmap_evidence(closing_day, wanted := '{}') as table
with in_it as (select account_id from in_scope(wanted)),
wishes as (select item, lower(trim(unnest(requests))) as title from roadmap_items),
causes as (select item, lower(trim(unnest(reasons))) as reason from roadmap_items)
select distinct i.item, 'ticket' as source, t.ticket_id as evidence_id, t.account_id, t.created_on as said_on,
  t.created_at as said_at, t.subject as text,
  case when t.minutes >= 0 then t.minutes end as minutes, t.satisfaction
from topic_tickets(null, closing_day, null, wanted) t
join roadmap_item_topics i on i.topic = t.topic
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
