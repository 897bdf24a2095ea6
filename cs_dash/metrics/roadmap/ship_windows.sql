-- Tickets before and after an item shipped
-- words: For each shipped item the tickets of an account on its topics and on all other how-to topics, before and after,
--   with the days on which it paid: one row for all accounts with the same numbers.
-- formula: before, after: see the accounts a shipped item reached
-- edge cases: A ticket that people labelled counts where it was before, in both windows, so that labels given after the
--   ship make no verdict. Where no contracts are known, every day counts. Tickets
--   without an account are left out. Accounts that have no day in either window are in no row.
-- source: METRICS, ship impact
-- tables: tickets, subscriptions, accounts
-- column item: id of the item
-- column accounts: how many accounts have these numbers
-- column earlier: tickets on its topics in the weeks before those
-- column before: tickets on its topics before
-- column after: tickets on its topics after
-- column others_earlier: tickets on other topics in the weeks before those
-- column others_before: tickets on other topics before
-- column others_after: tickets on other topics after
-- column days_earlier: days on which it paid in the weeks before those
-- column days_before: days on which it paid before
-- column days_after: days on which it paid after
create macro ship_windows(as_of_day, wanted := '{}', of_item := null) as table
with reached as materialized (
  select *, row_number() over () as number  -- of an item and an account: to group by their names takes twice as long
  from shipped_accounts(as_of_day, wanted)
  where of_item is null or item = of_item
),
paid as (
  select r.number,
    cast(sum(greatest(0, date_diff('day', greatest(s.first_day, earlier_opens), least(s.last_open_end, before_opens))))
      as bigint) as days_earlier,
    cast(sum(greatest(0, date_diff('day', greatest(s.first_day, before_opens), least(s.last_open_end, before_closes))))
      as bigint) as days_before,
    cast(sum(greatest(0, date_diff('day', greatest(s.first_day, after_opens), least(s.last_open_end, after_closes))))
      as bigint) as days_after
  from reached r
  join paying_spells s on s.account_id = r.account_id
  group by r.number
  union all
  select number, date_diff('day', earlier_opens, before_opens), date_diff('day', before_opens, before_closes),
    date_diff('day', after_opens, after_closes)
  from reached
  where not exists (from paying_spells)
),
written as materialized (
  select t.account_id, cast(t.created_at as date) as created_on, p.topic
  from tickets t
  join unlabelled_topics(null) p on p.ticket_id = t.ticket_id
  where t.account_id is not null
),
counted as (
  select r.number,
    count(*) filter (where i.topic is not null and w.created_on >= earlier_opens and w.created_on < before_opens) as earlier,
    count(*) filter (where i.topic is not null and w.created_on >= before_opens and w.created_on < before_closes) as before,
    count(*) filter (where i.topic is not null and w.created_on >= after_opens and w.created_on < after_closes) as after,
    count(*) filter (where i.topic is null and w.created_on >= earlier_opens and w.created_on < before_opens)
      as others_earlier,
    count(*) filter (where i.topic is null and w.created_on >= before_opens and w.created_on < before_closes)
      as others_before,
    count(*) filter (where i.topic is null and w.created_on >= after_opens and w.created_on < after_closes) as others_after
  from reached r
  join written w on w.account_id = r.account_id and w.created_on >= r.earlier_opens and w.created_on < r.after_closes
  left join roadmap_item_topics i on i.item = r.item and i.topic = w.topic
  group by r.number
)
select r.item, cast(count(*) as integer) as accounts, cast(coalesce(c.earlier, 0) as integer) as earlier,
  cast(coalesce(c.before, 0) as integer) as before, cast(coalesce(c.after, 0) as integer) as after,
  cast(coalesce(c.others_earlier, 0) as integer) as others_earlier,
  cast(coalesce(c.others_before, 0) as integer) as others_before,
  cast(coalesce(c.others_after, 0) as integer) as others_after, cast(p.days_earlier as smallint) as days_earlier,
  cast(p.days_before as smallint) as days_before, cast(p.days_after as smallint) as days_after
from paid p
join reached r on r.number = p.number
left join counted c on c.number = p.number
where p.days_before > 0 or p.days_after > 0
group by all
order by all
