-- Revenue of each account at both ends of windows
-- words: What each account paid on the first and on the last day of a window. An account that pays nothing on one of
--   the days has 0 there: that is known, not missing.
-- edge cases: Accounts that paid on neither day, but between them, are listed too. A window in which nobody paid has one
--   row without an account. Balances are rounded to a millionth, so that the order of adding up never looks like growth.
-- tables: subscriptions, accounts
-- column window_start: the day looked at first
-- column window_end: the day looked at last
-- column account_id: the account
-- column first_day: the account's first paying day ever
-- column s: its MRR on the first day
-- column e: its MRR on the last day
create macro account_windows(start_days, end_days, wanted := '{}') as table
with windows as (
  select distinct cast(window_start as date) as window_start, cast(window_end as date) as window_end
  from (select unnest(start_days) as window_start, unnest(end_days) as window_end)
),
lines as (
  select account_id, mrr, start_date, last_open_end, min(start_date) over (partition by account_id) as first_day
  from paying_subscriptions
  where account_id in (select account_id from in_scope(wanted))
)
select
  w.window_start, w.window_end, l.account_id, max(l.first_day) as first_day,
  round(coalesce(sum(l.mrr) filter (where l.start_date <= w.window_start and l.last_open_end > w.window_start), 0), 6) as s,
  round(coalesce(sum(l.mrr) filter (where l.start_date <= w.window_end and l.last_open_end > w.window_end), 0), 6) as e
from windows w
left join lines l on l.start_date <= w.window_end and l.last_open_end > w.window_start
group by w.window_start, w.window_end, l.account_id
