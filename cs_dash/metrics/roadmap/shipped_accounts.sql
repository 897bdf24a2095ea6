-- Accounts a shipped item reached
-- words: For each shipped item the accounts that got it, and the days that are compared: 12 weeks before, and from two
--   weeks after, at most 26 weeks. The 26 weeks before those tell whether it shipped at a peak.
-- formula: earlier = [day - 266, day - 84); before = [day - 84, day); after = [day + 14, day + 196), no later than the
--   as-of date
-- edge cases: Days before the first ticket of the data are left out. Items that ship after the as-of date have no row. The
--   day that counts is the account's own, where it shipped to some accounts on days of their own.
-- source: METRICS, ship impact
-- tables: tickets, accounts
-- column item: id of the item
-- column account_id: the account
-- column ship_day: the day it got the item
-- column earlier_opens: first day of the weeks before those that are compared
-- column before_opens: first day before
-- column before_closes: first day after those
-- column after_opens: first day after
-- column after_closes: first day after those
create macro shipped_accounts(as_of_day, wanted := '{}') as table
with known as (select cast(min(created_at) as date) as first_ticket from tickets),
reached as (
  select i.item, a.account_id,
    coalesce(try_cast(map_extract_value(i.shipped_to, a.account_id) as date), i.shipped_on) as ship_day
  from roadmap_items i
  join in_scope(wanted) a on i.shipped_to is null or map_contains(i.shipped_to, a.account_id)
  where i.shipped_on <= cast(as_of_day as date)
)
select r.item, r.account_id, r.ship_day, greatest(r.ship_day - 266, k.first_ticket) as earlier_opens,
  greatest(r.ship_day - 84, k.first_ticket) as before_opens,
  greatest(r.ship_day, k.first_ticket) as before_closes, r.ship_day + 14 as after_opens,
  greatest(least(r.ship_day + 196, cast(as_of_day as date) + 1), r.ship_day + 14) as after_closes
from reached r
cross join known k
