-- How-to share by group
-- words: The how-to share of each group of accounts: of a dimension, or by how long the account had been a customer when it
--   wrote.
-- formula: how-to tickets / tickets with a kind, per group
-- edge cases: Tickets without an account are the group "(no account)". Tenure runs from the first paying day, else from the
--   signup; a ticket from before that is "before the start".
-- tables: tickets, accounts, subscriptions
-- column window_start: the period's first day; empty: since the beginning
-- column window_end: the first day after the period; empty: no end
-- column group_name: the group
-- column place: the group's order among the others
-- column tickets: all tickets of the group
-- column with_kind: tickets with a kind
-- column howto: how-to tickets
-- column share: how-to share of the tickets with a kind
-- column accounts: distinct accounts that wrote
create macro howto_by(by_field, start_days, end_days, wanted := '{}') as table
with windows as (
  select distinct cast(window_start as date) as window_start, cast(window_end as date) as window_end
  from (select unnest(start_days) as window_start, unnest(end_days) as window_end)
),
started as (
  select a.account_id, coalesce(f.first_day, a.signup_date) as started_on
  from accounts a
  left join first_paying_days f on f.account_id = a.account_id
  where by_field = 'tenure'
),
placed as (
  select w.window_start, w.window_end, t.kind, t.account_id, d.value as in_dimension, date_diff('day', s.started_on, t.created_on) as tenure
  from tickets_in(null, null, wanted) t
  join windows w
    on (w.window_start is null or t.created_at >= w.window_start) and (w.window_end is null or t.created_at < w.window_end)
  left join started s on s.account_id = t.account_id
  left join account_dimensions d on d.account_id = t.account_id and d.field = by_field
),
grouped as (
  select window_start, window_end, kind, account_id,
    case
      when account_id is null then '(no account)'
      when by_field <> 'tenure' then in_dimension
      when tenure is null then '(none)'
      when tenure < 0 then 'before the start'
      when tenure <= 30 then '0-30 days'
      when tenure <= 90 then '31-90 days'
      when tenure <= 180 then '91-180 days'
      when tenure <= 365 then '181-365 days'
      else 'over a year'
    end as group_name,
    case
      when by_field <> 'tenure' or tenure is null then 9
      when tenure < 0 then 0 when tenure <= 30 then 1 when tenure <= 90 then 2 when tenure <= 180 then 3
      when tenure <= 365 then 4 else 5
    end as place
  from placed
)
select
  window_start, window_end, group_name, place, count(*) as tickets, count(kind) as with_kind, count(*) filter (where kind = 'how-to') as howto,
  count(*) filter (where kind = 'how-to') / nullif(count(kind), 0) as share, count(distinct account_id) as accounts
from grouped
where group_name is not null
group by window_start, window_end, group_name, place
order by window_end, window_start, place, tickets desc, group_name
