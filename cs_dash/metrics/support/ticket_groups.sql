-- Tickets by group
-- words: Every ticket with its value of one field: a dimension of its account, how long the account had been a customer
--   (tenure), its product area, the feature it names, or its language.
-- edge cases: Without an account "(no account)", without a start "(none)", without an area "(no area)", naming no feature
--   "(names none)". An account without a value of the dimension has no group, and its tickets are left out.
-- tables: tickets, accounts, subscriptions, usage
-- column ticket_id: the ticket's number
-- column created_at: when it came in
-- column kind: its kind; empty where nobody knows
-- column source: where the kind comes from
-- column account_id: the account, empty where none was matched
-- column group_name: its value of the field
-- column place: the order of the groups of tenure, 9 for every other
create macro ticket_groups(by_field, wanted := '{}') as table
with started as (select account_id, started_on from customer_starts where by_field = 'tenure'),
named as (select ticket_id, feature from ticket_features where by_field = 'feature'),
placed as (
  select t.ticket_id, t.created_at, t.kind, t.source, t.account_id, d.value as in_dimension,
    date_diff('day', s.started_on, t.created_on) as tenure,
    case by_field
      when 'area' then coalesce(t.product_area, '(no area)')
      when 'language' then t.language
      when 'feature' then coalesce(n.feature, '(names none)')
    end as told
  from tickets_in(null, null, wanted) t
  left join started s on s.account_id = t.account_id
  left join named n on n.ticket_id = t.ticket_id
  left join account_dimensions d on d.account_id = t.account_id and d.field = by_field
),
grouped as (
  select p.ticket_id, p.created_at, p.kind, p.source, p.account_id,
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
select ticket_id, created_at, kind, source, account_id, group_name, place from grouped where group_name is not null
