-- Accounts of a topic
-- words: The accounts with a ticket on a topic: tickets, MRR, health and renewal.
-- formula: tickets of the period per topic and account
-- edge cases: Accounts that pay nothing have an empty MRR. Tickets without an account are excluded.
-- tables: tickets, subscriptions, accounts
-- column topic: id of the topic
-- column account_id: the account
-- column account: its name
-- column csm: its customer success manager (CSM)
-- column tickets: its tickets of the period in the topic
-- column last_on: day of the latest
-- column mrr: its MRR on the as-of date
-- column band: its health; empty where it is not scored
-- column renewal_date: its next renewal
create macro topic_accounts(start_day, end_day, as_of_day, as_many, wanted := '{}') as table
with writing as (
  select topic, account_id, count(*) as tickets, max(created_on) as last_on
  from topic_tickets(start_day, end_day, as_many, wanted)
  where topic is not null and account_id is not null
  group by topic, account_id
)
select w.topic, w.account_id, coalesce(a.account, w.account_id) as account, a.csm, w.tickets, w.last_on, m.mrr,
  nullif(h.band, 'not scored') as band, r.shown_on as renewal_date
from writing w
join accounts a on a.account_id = w.account_id
left join mrr_on(cast(as_of_day as date)) m on m.account_id = w.account_id
left join renewals_on([cast(as_of_day as date)]) r on r.account_id = w.account_id
left join health_scores([cast(as_of_day as date)]) h on h.account_id = w.account_id
order by w.topic, w.tickets desc, m.mrr desc nulls last, w.account_id
