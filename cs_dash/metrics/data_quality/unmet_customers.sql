-- Customers that do not match across files
-- words: Customers that one table names and that contracts and account lists hardly know: the files seem to name the
--   same customers in different ways, so that one half has the revenue and the other the tickets.
-- formula: a table is concerned where it names two customers or more, and fewer than one in twenty of the smaller
--   side meet
-- edge cases: Contracts are compared with the list of accounts, all other tables with both. E-mail addresses of
--   people are no names of customers. Lists of customers that left need not meet those that stayed.
-- tables: accounts, subscriptions, usage, tickets, surveys, notes
-- column table_name: the table
-- column customer: what it calls the customer
-- column customers: customers that the table names
-- column meeting: those among them that are known
-- column known: customers that contracts or lists of accounts name
-- column known_by: which of the two name them, in words
create view unmet_customers as
with listed as (select account_id from accounts where not coalesce(implied, false)),
paying as (select distinct account_id from subscriptions where account_id is not null),
named as (
  select table_name, coalesce(account_id, key) as customer, account_id,
    coalesce(min(account_ref), min(account_name), min(account_id)) as label
  from account_matches
  where table_name in ('subscriptions', 'usage', 'tickets', 'surveys', 'notes')
    and (account_id is not null or starts_with(key, 'id ') or starts_with(key, 'name '))
  group by table_name, coalesce(account_id, key), account_id
),
judged as (
  select n.*,
    case when table_name = 'subscriptions' then account_id in (from listed)
      else coalesce(account_id in (from listed) or account_id in (from paying), false) end as is_known,
    case when table_name = 'subscriptions' then (select count(*) from listed)
      else (select count(*) from (from listed union from paying)) end as known
  from named n
),
sides as (
  select table_name, count(*) as customers, count(*) filter (where is_known) as meeting, max(known) as known
  from judged group by table_name
)
select s.table_name, j.label as customer, s.customers, s.meeting, s.known,
  case when s.table_name = 'subscriptions' then 'the list of accounts'
    when (select count(*) from paying) = 0 then 'the list of accounts'
    when (select count(*) from listed) = 0 then 'contracts'
    else 'contracts and the list of accounts' end as known_by
from sides s
join judged j on j.table_name = s.table_name and not coalesce(j.is_known, false)
where least(s.customers, s.known) > 1 and s.meeting * 20 < least(s.customers, s.known)
order by s.table_name, customer
