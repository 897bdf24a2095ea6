-- Drivers of the health score
-- words: The points that each input costs an account, largest first.
-- formula: points lost = weight of the input among those present x (100 - its points)
-- edge cases: The points lost of an account add up to 100 less its score (before rounding).
-- tables: usage, surveys, tickets, subscriptions, notes, accounts
-- column account_id: the account
-- column place: 1 for the input that costs most
-- column input: the input
-- column group_name: its group
-- column raw: raw value
-- column now_value: what is compared, now
-- column before_value: what it is compared with
-- column points: points of the input, 0 to 100
-- column lost: points of the score that it costs
create macro health_reasons(on_day, wanted := '{}') as table
with costed as (
  select *, weight * (100 - points) as lost from health_contributions([cast(on_day as date)], wanted)
)
select account_id, row_number() over (partition by account_id order by lost desc, input) as place, input, group_name, raw,
  now_value, before_value, points, lost
from costed
order by account_id, place
