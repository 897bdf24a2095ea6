-- How-to share by group
-- words: How-to share by account dimension, tenure, product area, feature or language.
-- formula: how-to tickets / categorised tickets, per group
-- edge cases: Tickets without an account are the group "(no account)" of a dimension and of tenure. Tenure runs from
--   the first paying day, else from the signup; a ticket from before that is "before the start". A field of the
--   tickets takes precedence over a dimension of the same name. Tickets of one account are alike more often than
--   those of two, so that an interval of few accounts is narrower than it should be.
-- tables: tickets, accounts, subscriptions, usage
-- column window_start: the period's first day; empty: since the beginning
-- column window_end: the first day after the period; empty: no end
-- column group_name: the group
-- column place: the group's order among the others
-- column tickets: all tickets of the group
-- column with_kind: categorised tickets
-- column howto: how-to tickets
-- column share: how-to share of the categorised tickets
-- column accounts: distinct accounts that wrote
-- column guessed: tickets whose category comes from the model or the lexicon
create macro howto_by(by_field, start_days, end_days, wanted := '{}') as table
with windows as (
  select distinct cast(window_start as date) as window_start, cast(window_end as date) as window_end
  from (select unnest(start_days) as window_start, unnest(end_days) as window_end)
)
select
  w.window_start, w.window_end, g.group_name, g.place, count(*) as tickets, count(g.kind) as with_kind,
  count(*) filter (where g.kind = 'how-to') as howto,
  count(*) filter (where g.kind = 'how-to') / nullif(count(g.kind), 0) as share, count(distinct g.account_id) as accounts,
  count(*) filter (where g.source in ('model', 'lexicon')) as guessed
from ticket_groups(by_field, wanted) g
join windows w
  on (w.window_start is null or g.created_at >= w.window_start) and (w.window_end is null or g.created_at < w.window_end)
group by w.window_start, w.window_end, g.group_name, g.place
order by w.window_end, w.window_start, g.place, tickets desc, g.group_name
