-- Paying account-months by group
-- words: Paying time of the accounts of each group in the period, the base of its contact rate.
-- formula: days on which an account pays / 30.4375, added up over the accounts of each value of a dimension
-- edge cases: As for paying account-months: counted from the first ticket of the data at the earliest. Accounts count
--   under the value that they have now.
-- source: person-time at risk, as in any incidence rate
-- tables: subscriptions, tickets, accounts
-- column group_name: value of the dimension
-- column exposure: account-months
create macro paying_groups(by_field, start_day, end_day, wanted := '{}') as table
with known as (
  select cast(min(created_at) as date) as first_ticket, cast(max(created_at) as date) as last_ticket from tickets
),
bounds as (
  select greatest(coalesce(cast(start_day as date), first_ticket), first_ticket) as opens,
    coalesce(cast(end_day as date), last_ticket + 1) as closes
  from known
)
select d.value as group_name,
  sum(date_diff('day', greatest(s.first_day, b.opens), least(s.last_open_end, b.closes))) / 30.4375 as exposure
from paying_spells s
join bounds b on b.opens < b.closes and s.first_day < b.closes and s.last_open_end > b.opens
join account_dimensions d on d.account_id = s.account_id and d.field = by_field
where s.account_id in (select account_id from in_scope(wanted))
group by d.value
order by d.value
