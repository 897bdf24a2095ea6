-- How far the how-to share of a group can be off
-- words: Tickets without an account belong to some group, nobody knows which. The share of a group lies between what it would
--   be if all of them that ask no how-to were its own, and if all that do were.
-- formula: lowest = h / (n + other), highest = (h + asking) / (n + asking), where h of the group's n tickets with a kind ask
--   how to do something, and of the tickets without an account `asking` do and `other` do not
-- edge cases: Tickets without a kind are in no share and change none. A group without a ticket with a kind has no share, but
--   may have any. The bounds hold for the kinds as they are; a wrong kind is another doubt.
-- source: worst-case bounds without assumptions: Manski 1989, Anatomy of the Selection Problem
-- tables: tickets, accounts
-- column window_start: the period's first day; empty: since the beginning
-- column window_end: the first day after the period; empty: no end
-- column group_name: the group
-- column howto: how-to tickets of the group
-- column with_kind: its tickets with a kind
-- column unplaced: tickets with a kind and without an account, of the whole period
-- column share: how-to share of the tickets with a kind
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
