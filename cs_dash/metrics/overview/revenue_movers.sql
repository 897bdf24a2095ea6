-- Largest MRR changes
-- words: What each account paid on two days, for accounts whose MRR changed, largest change first.
-- formula: MRR on the last day - MRR on the first day
-- edge cases: new: paid nothing on the first day and never before it; returned: had paid before; lost: pays nothing
--   on the last.
-- tables: subscriptions, accounts
-- column account_id: the account
-- column account: its name
-- column movement: new, returned, lost, grew or shrank
-- column mrr_before: MRR on the first day
-- column mrr_now: MRR on the last day
-- column moved: the difference
create macro revenue_movers(first_day_seen, last_day_seen, wanted := '{}') as table
with pairs as (
  select account_id, s, e, first_day > window_start as is_new
  from account_windows([cast(first_day_seen as date)], [cast(last_day_seen as date)], wanted)
  where account_id is not null and s <> e
)
select p.account_id, coalesce(a.account, p.account_id) as account,
  case when p.s = 0 and p.is_new then 'new' when p.s = 0 then 'returned' when p.e = 0 then 'lost' when p.e > p.s then 'grew'
    else 'shrank' end as movement,
  p.s as mrr_before, p.e as mrr_now, p.e - p.s as moved
from pairs p
join accounts a on a.account_id = p.account_id
order by abs(p.e - p.s) desc, p.account_id
