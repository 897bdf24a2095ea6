-- How-to share by group
-- words: How-to share by account dimension, tenure, product area, feature or language.
-- formula: how-to tickets / categorised tickets, per group
-- edge cases: Tickets without an account are the group "(no account)" of a dimension and of tenure. Tenure runs from
--   the first paying day, else from the signup; a ticket from before that is "before the start". What the tickets tell
--   by themselves goes before a dimension of the same name. Tickets of one account are alike more often than those of
--   two, so that an interval of few accounts is narrower than it should be.
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
),
started as (select account_id, started_on from customer_starts where by_field = 'tenure'),
named as (select ticket_id, feature from ticket_features where by_field = 'feature'),
placed as (
  select w.window_start, w.window_end, t.kind, t.source, t.account_id, d.value as in_dimension,
    date_diff('day', s.started_on, t.created_on) as tenure,
    case by_field
      when 'area' then coalesce(t.product_area, '(no area)')
      when 'language' then t.language
      when 'feature' then coalesce(n.feature, '(names none)')
    end as told
  from tickets_in(null, null, wanted) t
  join windows w
    on (w.window_start is null or t.created_at >= w.window_start) and (w.window_end is null or t.created_at < w.window_end)
  left join started s on s.account_id = t.account_id
  left join named n on n.ticket_id = t.ticket_id
  left join account_dimensions d on d.account_id = t.account_id and d.field = by_field
),
grouped as (
  select p.window_start, p.window_end, p.kind, p.source, p.account_id,
    case
      when p.told is not null then p.told
      when p.account_id is null then '(no account)'
      when by_field <> 'tenure' then p.in_dimension
      else coalesce(g.group_name, '(none)')
    end as group_name,
    coalesce(g.place, 9) as place
  from placed p
  left join tenure_groups g on by_field = 'tenure' and p.tenure >= g.from_day and p.tenure < g.to_day
)
select
  window_start, window_end, group_name, place, count(*) as tickets, count(kind) as with_kind, count(*) filter (where kind = 'how-to') as howto,
  count(*) filter (where kind = 'how-to') / nullif(count(kind), 0) as share, count(distinct account_id) as accounts,
  count(*) filter (where source in ('model', 'lexicon')) as guessed
from grouped
where group_name is not null
group by window_start, window_end, group_name, place
order by window_end, window_start, place, tickets desc, group_name
