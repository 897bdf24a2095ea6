-- Paying account-months
-- words: Paying accounts counted by the day: an account that pays half a month counts one half.
-- formula: days on which an account pays / 30.4375 (the mean month), added up over accounts
-- edge cases: Counted from the first ticket of the data at the earliest, so that the time before tickets were
--   recorded does not dilute the rate.
-- source: person-time at risk, as in any incidence rate
-- tables: subscriptions, tickets, accounts
-- column window_start: the period's first day; empty: since the beginning
-- column window_end: the first day after the period; empty: no end
-- column month: first day of the month
-- column account_days: days on which accounts paid
-- column exposure: account-months
create macro paying_exposure(start_days, end_days, wanted := '{}') as table
with windows as (
  select distinct cast(window_start as date) as window_start, cast(window_end as date) as window_end
  from (select unnest(start_days) as window_start, unnest(end_days) as window_end)
),
known as (
  select cast(min(created_at) as date) as first_ticket, cast(max(created_at) as date) as last_ticket from tickets
),
bounds as (
  select window_start, window_end,
    greatest(coalesce(window_start, first_ticket), first_ticket) as opens,
    coalesce(window_end, last_ticket + 1) as closes
  from windows, known
),
months as (
  select
    window_start, window_end, cast(month_start as date) as month, greatest(cast(month_start as date), opens) as opens,
    least(cast(month_start + interval 1 month as date), closes) as closes
  from (
    select *, unnest(generate_series(date_trunc('month', opens), cast(closes - 1 as timestamp), interval 1 month))
      as month_start
    from bounds
  )
),
paid as (
  select
    m.window_start, m.window_end, m.month,
    cast(sum(date_diff('day', greatest(s.first_day, m.opens), least(s.last_open_end, m.closes))) as bigint) as account_days
  from paying_spells s
  join months m on m.opens < m.closes and s.first_day < m.closes and s.last_open_end > m.opens
  where s.account_id in (select account_id from in_scope(wanted))
  group by m.window_start, m.window_end, m.month
)
select window_start, window_end, month, account_days, account_days / 30.4375 as exposure
from paid
order by window_end, window_start, month
