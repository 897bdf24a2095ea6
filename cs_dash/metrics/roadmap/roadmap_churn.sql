-- Churn after asking for an item
-- words: Of the accounts that asked for a roadmap item, how many stopped paying within 180 days, beside the number that
--   similar accounts lead one to expect. An association: accounts that ask differ from others in other ways, too.
-- formula: an account counts from the first day of the month after it first asked, if it pays on that day; it churned if it
--   has an unpaid day within 180 days. Expected: for each of them the share that churned in the same 180 days of the
--   accounts of the same segment and tenure band that had not asked by then, added up
-- edge cases: Only months whose 180 days have passed by the as-of date count; who asked later waits. With fewer than 20
--   similar accounts, all that had not asked are compared. Tickets and feature requests are asking; a churn reason is not,
--   because it would prove itself. Without contracts there is no row.
-- tables: tickets, feature_requests, subscriptions, accounts
-- column item: id of the item
-- column accounts: accounts that asked and were observed for 180 days
-- column churned: those that stopped paying within them
-- column expected: how many would have, as similar accounts did; empty where there is nobody to compare with
-- column others: accounts that had not asked, on average over the months
-- column matched: accounts that were compared within their segment and tenure band
-- column waiting: accounts that asked, pay, and have not been observed for 180 days yet
create macro roadmap_churn(as_of_day, wanted := '{}', of_item := null) as table
with firsts as (
  select item, account_id, min(said_on) as first_on
  from roadmap_evidence(cast(as_of_day as date) + 1, wanted, of_item)
  where account_id is not null and source <> 'churn'
  group by item, account_id
),
asked as (
  select item, account_id, cast(date_trunc('month', first_on) + interval 1 month as date) as index_on
  from firsts
),
months as (select distinct index_on from asked where index_on + 180 <= cast(as_of_day as date)),
described as (
  select a.account_id, coalesce(a.segment, '(none)') as segment, s.started_on
  from accounts a
  join customer_starts s on s.account_id = a.account_id
  where a.account_id in (select account_id from in_scope(wanted))
),
spells as materialized (
  select p.account_id, d.segment, d.started_on, p.first_day, p.last_open_end
  from paying_spells p
  join described d on d.account_id = p.account_id
),
groups as (
  select m.index_on, s.segment, tenure_band(s.started_on, m.index_on) as band, count(*) as accounts,
    count(*) filter (where s.last_open_end <= m.index_on + 180) as churned
  from months m
  join spells s on s.first_day <= m.index_on and s.last_open_end > m.index_on
  group by m.index_on, s.segment, band
),
item_months as (select distinct item, index_on from asked where index_on + 180 <= cast(as_of_day as date)),
askers as (
  select m.item, m.index_on, s.segment, tenure_band(s.started_on, m.index_on) as band, count(*) as accounts,
    count(*) filter (where s.last_open_end <= m.index_on + 180) as churned
  from asked a
  join spells s on s.account_id = a.account_id
  join item_months m on m.item = a.item and a.index_on <= m.index_on and s.first_day <= m.index_on
    and s.last_open_end > m.index_on
  group by m.item, m.index_on, s.segment, band
),
others as (
  select m.item, m.index_on, g.segment, g.band, g.accounts - coalesce(a.accounts, 0) as accounts,
    g.churned - coalesce(a.churned, 0) as churned,
    sum(g.accounts - coalesce(a.accounts, 0)) over month_of as all_accounts,
    sum(g.churned - coalesce(a.churned, 0)) over month_of as all_churned
  from item_months m
  join groups g on g.index_on = m.index_on
  left join askers a on a.item = m.item and a.index_on = m.index_on and a.segment = g.segment and a.band = g.band
  window month_of as (partition by m.item, m.index_on)
),
observed as (
  select a.item, s.last_open_end <= a.index_on + 180 as churned, o.accounts >= 20 as matched, o.all_accounts,
    case when o.accounts >= 20 then o.churned / o.accounts when o.all_accounts > 0 then o.all_churned / o.all_accounts end
      as expected
  from asked a
  join spells s on s.account_id = a.account_id and s.first_day <= a.index_on and s.last_open_end > a.index_on
  join others o on o.item = a.item and o.index_on = a.index_on and o.segment = s.segment
    and o.band = tenure_band(s.started_on, a.index_on)
),
waiting as (
  select a.item, count(*) as accounts
  from asked a
  join mrr_on(cast(as_of_day as date)) m on m.account_id = a.account_id
  where a.index_on + 180 > cast(as_of_day as date)
  group by a.item
)
select i.item, coalesce(o.accounts, 0) as accounts, coalesce(o.churned, 0) as churned, o.expected,
  coalesce(o.others, 0) as others, coalesce(o.matched, 0) as matched, coalesce(w.accounts, 0) as waiting
from roadmap_items i
left join (
  select item, count(*) as accounts, count(*) filter (where churned) as churned,
    case when count(expected) = count(*) then round(sum(expected), 9) end as expected,
    cast(round(avg(all_accounts)) as bigint) as others, count(*) filter (where matched) as matched
  from observed
  group by item
) o on o.item = i.item
left join waiting w on w.item = i.item
where exists (from paying_spells) and (of_item is null or i.item = of_item)
order by cast(split_part(i.item, '-', 2) as integer)
