-- Bounds of the how-to share by group
-- words: Tickets without an account belong to an unknown group. The share of a group lies between the value if all of
--   these that are not how-to were its own and the value if all that are how-to were.
-- formula: lowest = h / (n + other), highest = (h + asking) / (n + asking), where h of the group's n categorised
--   tickets ask how to do something, and of the tickets without an account `asking` do and `other` do not
-- edge cases: Tickets without a category are in no share and change none. A group without a ticket with a category
--   has no share, but may have any. The bounds hold for the categories as they are; a wrong category is another doubt.
-- source: worst-case bounds without assumptions: Manski 1989, Anatomy of the Selection Problem
-- tables: tickets, accounts
-- column window_start: the period's first day; empty: since the beginning
-- column window_end: the first day after the period; empty: no end
-- column group_name: the group
-- column howto: how-to tickets of the group
-- column with_kind: its categorised tickets
-- column unplaced: categorised tickets and without an account, of the whole period
-- column share: how-to share of the categorised tickets
-- column lowest: the lowest it can be
-- column highest: the highest it can be
-- column points: the larger of the two distances, as a share
create macro howto_bounds(by_field, start_days, end_days) as table
with groups as (from howto_by(by_field, start_days, end_days)),
unplaced as (
  select window_start, window_end, sum(howto) as asking, sum(with_kind - howto) as other
  from groups where group_name = '(no account)' group by window_start, window_end
),
bounds as (
  select g.window_start, g.window_end, g.group_name, g.howto, g.with_kind,
    coalesce(u.asking + u.other, 0) as unplaced, g.share,
    g.howto / nullif(g.with_kind + coalesce(u.other, 0), 0) as lowest,
    (g.howto + coalesce(u.asking, 0)) / nullif(g.with_kind + coalesce(u.asking, 0), 0) as highest
  from groups g
  left join unplaced u
    on u.window_start is not distinct from g.window_start and u.window_end is not distinct from g.window_end
  where g.group_name <> '(no account)'
)
select window_start, window_end, group_name, howto, with_kind, cast(unplaced as bigint) as unplaced, share, lowest, highest,
  greatest(highest - share, share - lowest) as points
from bounds
order by window_end, window_start, with_kind desc, group_name
