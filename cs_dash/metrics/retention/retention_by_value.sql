-- Retention by value of a dimension
-- words: Retention over windows for each value of one account dimension, and for all accounts.
-- formula: as retention over windows, over the accounts with the value
-- edge cases: An account without a value has the value "(none)". Every account has one value, so the values add up to
--   the total. No account with the value paid on the first day: the rates are empty, never 0. An account counts under
--   the value that it has now, also for the past.
-- source: as retention over windows
-- tables: subscriptions, accounts
-- column window_start: the window's first day
-- column window_end: the window's last day
-- column value: value of the dimension; empty for the total
-- column is_total: the row of all accounts
-- column nrr: net revenue retention, a share of the first day's MRR
-- column grr: gross revenue retention, a share of the first day's MRR
-- column logos: share of the first day's accounts that pay on the last day
-- column nrr_movements: net revenue retention by movements
-- column grr_movements: gross revenue retention by movements
-- column quick: (new + expansion + reactivation) / (contraction + churn) of the months; empty without losses
-- column arpa: MRR on the last day per paying account
-- column mrr_start: MRR on the first day
-- column mrr_end: MRR on the last day, new accounts included
-- column accounts_start: accounts paying on the first day
-- column accounts_end: accounts paying on the last day
-- column accounts_kept: accounts paying on both days
create macro retention_by_value(by_field, start_days, end_days, wanted := '{}') as table
with steps as (
  from month_steps(start_days, end_days)
),
pairs as (
  select window_start, window_end from steps union select step_start, step_end from steps
),
of_value as materialized (
  select d.account_id, d.value
  from account_dimensions d
  where d.field = by_field and d.account_id in (select account_id from in_scope(wanted))
),
spells as materialized (
  select p.starts, p.ends, p.mrr, v.value from mrr_spells p join of_value v on v.account_id = p.account_id
  where p.mrr > 0
),
balances as (
  select d.day, p.value, grouping(p.value) = 1 as is_total, round(fsum(p.mrr), 6) as mrr, count(*) as accounts
  from (select window_start as day from pairs union select window_end from pairs) d
  join spells p on p.starts <= d.day and p.ends > d.day
  group by grouping sets ((d.day, p.value), (d.day))
),
changes as (
  select
    c.window_start, c.window_end, v.value, grouping(v.value) = 1 as is_total,
    round(coalesce(fsum(c.e) filter (where c.s = 0), 0), 6) as won,
    round(coalesce(fsum(c.e - c.s) filter (where c.s > 0 and c.e > c.s), 0), 6) as grown,
    round(coalesce(fsum(c.s - c.e) filter (where c.s > c.e), 0), 6) as lost,
    count(*) filter (where c.s > 0 and c.e = 0) as accounts_left
  from account_changes(
    (select list(window_start order by window_end, window_start) from pairs),
    (select list(window_end order by window_end, window_start) from pairs),
    wanted
  ) c
  join of_value v on v.account_id = c.account_id
  group by grouping sets ((c.window_start, c.window_end, v.value), (c.window_start, c.window_end))
),
moved as (
  select
    p.window_start, p.window_end, g.value, g.is_total,
    coalesce(a.mrr, 0) as mrr_start, coalesce(b.mrr, 0) as mrr_end,
    coalesce(c.won, 0) as won, coalesce(c.grown, 0) as grown, coalesce(c.lost, 0) as lost,
    coalesce(a.accounts, 0) as accounts_start, coalesce(b.accounts, 0) as accounts_end,
    coalesce(a.accounts, 0) - coalesce(c.accounts_left, 0) as accounts_kept
  from pairs p
  cross join (select distinct value, is_total from balances union select distinct value, is_total from changes) g
  left join balances a on a.day = p.window_start and a.value is not distinct from g.value and a.is_total = g.is_total
  left join balances b on b.day = p.window_end and b.value is not distinct from g.value and b.is_total = g.is_total
  left join changes c
    on c.window_start = p.window_start and c.window_end = p.window_end and c.value is not distinct from g.value
    and c.is_total = g.is_total
  where a.accounts > 0 or c.window_end is not null
),
added as (
  select s.window_start, s.window_end, m.value, m.is_total,
    round(sum(m.won + m.grown), 6) as gains, round(sum(m.lost), 6) as losses, round(sum(m.grown), 6) as all_grown
  from steps s
  join moved m on m.window_start = s.step_start and m.window_end = s.step_end
  group by s.window_start, s.window_end, m.value, m.is_total
)
select
  a.window_start, a.window_end, a.value, a.is_total,
  (m.mrr_start + m.grown - m.lost) / nullif(m.mrr_start, 0) as nrr,
  (m.mrr_start - m.lost) / nullif(m.mrr_start, 0) as grr,
  m.accounts_kept / nullif(m.accounts_start, 0) as logos,
  1 - (a.losses - a.all_grown) / nullif(m.mrr_start, 0) as nrr_movements,
  1 - a.losses / nullif(m.mrr_start, 0) as grr_movements,
  a.gains / nullif(a.losses, 0) as quick,
  coalesce(m.mrr_end, 0) / nullif(m.accounts_end, 0) as arpa,
  coalesce(m.mrr_start, 0) as mrr_start, coalesce(m.mrr_end, 0) as mrr_end,
  coalesce(m.accounts_start, 0) as accounts_start, coalesce(m.accounts_end, 0) as accounts_end,
  coalesce(m.accounts_kept, 0) as accounts_kept
from added a
left join moved m
  on m.window_start = a.window_start and m.window_end = a.window_end and m.value is not distinct from a.value
  and m.is_total = a.is_total
order by a.window_end, a.window_start, a.is_total, mrr_end desc, a.value
