-- Accounts that asked for an item
-- words: The accounts behind a roadmap item, who must be told when it ships.
-- formula: tickets, requests and churn events up to the as-of date, by account
-- edge cases: Accounts that no longer pay are listed too, with an empty MRR.
-- tables: tickets, feature_requests, churn_events, subscriptions, accounts
-- column item: id of the item
-- column account_id: the account
-- column account: its name
-- column csm: its customer success manager (CSM)
-- column tickets: its tickets on the item's topics
-- column requests: its feature requests
-- column last_asked: day of the latest
-- column mrr: its MRR on the as-of date
-- column renewal_date: its next renewal
-- column churned_on: day it churned after it had asked; empty where it did not
-- column told: it was told that the item shipped
create macro roadmap_askers(as_of_day, wanted := '{}', of_item := null) as table
with behind as (
  select item, account_id, count(*) filter (where source = 'ticket') as tickets,
    count(*) filter (where source = 'request') as requests, max(said_on) as last_asked,
    min(said_on) as first_asked
  from roadmap_evidence(cast(as_of_day as date) + 1, wanted, of_item)
  where account_id is not null
  group by item, account_id
),
lost as (
  select b.item, b.account_id, max(l.churned_on) as churned_on
  from behind b
  join churn_losses([null], [null], [cast(as_of_day as date)]) l
    on l.account_id = b.account_id and l.is_full and l.churned_on >= b.first_asked
  where l.churn_id not in (select churn_id from churn_paying_on([cast(as_of_day as date)]))
  group by b.item, b.account_id
)
select b.item, b.account_id, coalesce(a.account, b.account_id) as account, a.csm, b.tickets, b.requests, b.last_asked, m.mrr,
  r.shown_on as renewal_date, l.churned_on, t.account_id is not null as told
from behind b
join accounts a on a.account_id = b.account_id
left join mrr_on(cast(as_of_day as date)) m on m.account_id = b.account_id
left join renewals_on([cast(as_of_day as date)]) r on r.account_id = b.account_id
left join lost l on l.item = b.item and l.account_id = b.account_id
left join roadmap_told t on t.item = b.item and t.account_id = b.account_id
order by b.item, m.mrr desc nulls last, b.tickets desc, b.account_id
