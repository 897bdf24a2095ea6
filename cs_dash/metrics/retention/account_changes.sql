-- Accounts with a change in MRR
-- words: What each account paid on the first and last day of a window, if its MRR changed in between. Accounts not
--   listed paid the same amount on every day, or nothing.
-- edge cases: Accounts whose MRR changed and returned to the same amount are listed, with that amount twice. Accounts
--   that paid only between the two days are listed, too.
-- tables: subscriptions, accounts
-- column window_start: the as-of date first
-- column window_end: the as-of date last
-- column account_id: the account
-- column first_day: the account's first paying day ever
-- column s: its MRR on the first day
-- column e: its MRR on the last day
create macro account_changes(start_days, end_days, wanted := '{}') as table
with windows as (
  select distinct cast(window_start as date) as window_start, cast(window_end as date) as window_end
  from (select unnest(start_days) as window_start, unnest(end_days) as window_end)
),
spells as materialized (
  from mrr_spells where account_id in (select account_id from in_scope(wanted))
),
-- Only who changed is looked up: in most months most accounts pay what they paid before.
changed as (
  select w.window_start, w.window_end, p.account_id, p.first_day, p.mrr
  from windows w
  join spells p on p.starts > w.window_start and p.starts <= w.window_end and p.ends > w.window_end
)
select c.window_start, c.window_end, c.account_id, c.first_day, coalesce(p.mrr, 0) as s, c.mrr as e
from changed c
left join spells p on p.account_id = c.account_id and p.starts <= c.window_start and p.ends > c.window_start
