-- Other topics of the accounts behind an item
-- words: What else the accounts that asked for a roadmap item write about, in the twelve months up to the as-of date.
-- formula: lift = share of a topic among their tickets on other topics / the same share of all other accounts
-- edge cases: The item's own topics and ignored ones are left out. Lift is empty where no other account wrote on the topic.
--   A topic can be large because it is large everywhere: lift tells the two apart.
-- tables: tickets, feature_requests, churn_events, accounts
-- column item: id of the item
-- column topic: id of the other topic
-- column label: its name
-- column tickets: their tickets on it
-- column accounts: those of them that wrote on it
-- column share: share of their tickets on other topics
-- column others_share: the same share of the accounts that did not ask for the item
-- column lift: share / others_share
create macro roadmap_other_topics(as_of_day, wanted := '{}', of_item := null) as table
with asked as (
  select distinct item, account_id
  from roadmap_evidence(cast(as_of_day as date) + 1, wanted, of_item)
  where account_id is not null
),
written as (
  select t.account_id, p.topic, any_value(p.label) as label, count(*) as tickets
  from ticket_topics(null) p
  join tickets t on t.ticket_id = p.ticket_id
  where not p.ignored and t.account_id in (select account_id from in_scope(wanted))
    and (t.kind is null or t.kind in ('how-to', 'feature request'))
    and t.created_at >= cast(as_of_day as date) - 364 and t.created_at < cast(as_of_day as date) + 1
  group by t.account_id, p.topic
),
everybody as (select topic, any_value(label) as label, sum(tickets) as tickets from written group by topic),
theirs as (
  select a.item, w.topic, sum(w.tickets) as tickets, count(*) as accounts
  from asked a
  join written w on w.account_id = a.account_id
  group by a.item, w.topic
),
compared as (
  select i.item, e.topic, e.label, coalesce(t.tickets, 0) as tickets, coalesce(t.accounts, 0) as accounts,
    e.tickets - coalesce(t.tickets, 0) as others
  from (select distinct item from asked) i
  cross join everybody e
  left join theirs t on t.item = i.item and t.topic = e.topic
  left join roadmap_item_topics o on o.item = i.item and o.topic = e.topic
  where o.topic is null
),
shares as (
  select *, tickets / nullif(sum(tickets) over (partition by item), 0) as share,
    others / nullif(sum(others) over (partition by item), 0) as others_share
  from compared
)
select item, topic, label, cast(tickets as bigint) as tickets, accounts, share, others_share,
  share / nullif(others_share, 0) as lift
from shares
where tickets > 0
order by item, tickets desc, topic
