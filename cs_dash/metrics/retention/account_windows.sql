-- MRR of each account at both ends of windows
-- words: What each account paid on the first and last day of a window. An account that pays nothing on one of the
--   days has 0 there, which is known and not missing.
-- edge cases: Accounts that paid only between the two days are listed, too. A window in which nobody paid has one row
--   without an account. Balances are rounded to a millionth, so that rounding never looks like growth.
-- tables: subscriptions, accounts
-- column window_start: the as-of date first
-- column window_end: the as-of date last
-- column account_id: the account
-- column first_day: the account's first paying day ever
-- column s: its MRR on the first day
-- column e: its MRR on the last day
create macro account_windows(start_days, end_days, wanted := '{}') as table
with windows as (
  select distinct cast(window_start as date) as window_start, cast(window_end as date) as window_end
  from (select unnest(start_days) as window_start, unnest(end_days) as window_end)
),
spells as (
  from mrr_spells where account_id in (select account_id from in_scope(wanted))
),
at_start as (
  select w.window_start, w.window_end, p.account_id, p.mrr
  from windows w
  join spells p on p.starts <= w.window_start and p.ends > w.window_start
  where p.mrr > 0
),
-- Who paid nothing from the first day to the last is excluded: one spell without revenue holds both.
at_end as (
  select w.window_start, w.window_end, p.account_id, p.first_day, p.mrr
  from windows w
  join spells p on p.starts <= w.window_end and p.ends > w.window_end
  where p.mrr > 0 or p.starts > w.window_start
)
select b.window_start, b.window_end, b.account_id, b.first_day, coalesce(a.mrr, 0) as s, b.mrr as e
from at_end b
left join at_start a
  on a.window_start = b.window_start and a.window_end = b.window_end and a.account_id = b.account_id
union all
select w.window_start, w.window_end, null, null, 0, 0
from windows w
where not exists (from spells p where p.mrr > 0 and p.starts <= w.window_end and p.ends > w.window_start)
