-- MRR movements
-- words: Movements of MRR between two days by account: new, won back, expansion, contraction, churn.
-- formula: MRR at the end = MRR at the start + new + reactivation + expansion - contraction - churn + fx
-- edge cases: Ending one of several subscriptions is contraction, not churn. An account that joined and left between
--   the two days appears in neither balance. fx is 0: each line keeps the rate of its start; see
--   retention over windows at current rates.
-- source: ChartMogul and Baremetrics, MRR movements; the movements are taken per account
-- tables: subscriptions, accounts
-- column window_start: the first balance
-- column window_end: the last balance
-- column mrr_start: MRR on the first day
-- column new: MRR of accounts that had never paid before
-- column reactivation: MRR of accounts that had paid before, but not on the first day
-- column expansion: growth of accounts that paid on both days
-- column contraction: shrinkage of accounts that paid on both days
-- column churn: MRR of accounts that paid on the first day and not on the last
-- column fx: revenue that moved by exchange rates alone
-- column mrr_end: MRR on the last day
-- column accounts_start: accounts paying on the first day
-- column accounts_end: accounts paying on the last day
-- column accounts_new: accounts that had never paid before
-- column accounts_returned: accounts that came back
-- column accounts_left: accounts that paid on the first day and not on the last
-- column start_squares: sum over the accounts of the square of their MRR on the first day
-- column kept_squares: the same of what the accounts of the first day pay on the last
-- column kept_products: sum over those accounts of MRR on the first day times MRR on the last
-- column kept_over_start: sum over those accounts of the square of their MRR on the last day, over that on the first
-- column capped_squares: as kept_squares, each account's last day capped at its first
-- column capped_products: as kept_products, each account's last day capped at its first
-- column joined_and_left: accounts that first paid between the two days and paid nothing on the last
create macro revenue_movements(start_days, end_days, wanted := '{}') as table
with windows as (
  select distinct cast(window_start as date) as window_start, cast(window_end as date) as window_end
  from (select unnest(start_days) as window_start, unnest(end_days) as window_end)
),
spells as materialized (
  select starts, ends, mrr from mrr_spells where mrr > 0 and account_id in (select account_id from in_scope(wanted))
),
balances as (
  select d.day, round(fsum(p.mrr), 6) as mrr, count(*) as accounts, sum(p.mrr * p.mrr) as squares
  from (select window_start as day from windows union select window_end from windows) d
  join spells p on p.starts <= d.day and p.ends > d.day
  group by d.day
),
kinds as (
  select window_start, window_end,
    case
      when s = 0 and e > 0 and first_day > window_start then 'new'
      when s = 0 and e > 0 then 'reactivation'
      when s = 0 and first_day > window_start then 'joined and left'
      when s = 0 then 'absent'
      when e = 0 then 'churn'
      when e < s then 'contraction'
      else 'expansion'
    end as kind,
    fsum(e - s) as change, count(*) as accounts, sum(e * e - s * s) as squares, sum(s * (e - s)) as products,
    sum(e * e / nullif(s, 0) - s) as over_start
  from account_changes(start_days, end_days, wanted)
  group by all
),
moved as (
  select window_start, window_end,
    round(max(change) filter (where kind = 'new'), 6) as new,
    round(max(change) filter (where kind = 'reactivation'), 6) as reactivation,
    round(max(change) filter (where kind = 'expansion'), 6) as expansion,
    round(max(-change) filter (where kind = 'contraction'), 6) as contraction,
    round(max(-change) filter (where kind = 'churn'), 6) as churn,
    sum(squares) filter (where kind in ('expansion', 'contraction', 'churn')) as kept_squares,
    sum(products) filter (where kind in ('expansion', 'contraction', 'churn')) as kept_products,
    sum(over_start) as kept_over_start,
    sum(squares) filter (where kind in ('contraction', 'churn')) as capped_squares,
    sum(products) filter (where kind in ('contraction', 'churn')) as capped_products,
    max(accounts) filter (where kind = 'new') as accounts_new,
    max(accounts) filter (where kind = 'reactivation') as accounts_returned,
    max(accounts) filter (where kind = 'churn') as accounts_left,
    max(accounts) filter (where kind = 'joined and left') as joined_and_left
  from kinds
  group by window_start, window_end
)
select
  w.window_start, w.window_end,
  coalesce(a.mrr, 0) as mrr_start,
  coalesce(m.new, 0) as new, coalesce(m.reactivation, 0) as reactivation, coalesce(m.expansion, 0) as expansion,
  coalesce(m.contraction, 0) as contraction, coalesce(m.churn, 0) as churn,
  cast(0 as double) as fx,
  coalesce(b.mrr, 0) as mrr_end,
  coalesce(a.accounts, 0) as accounts_start, coalesce(b.accounts, 0) as accounts_end,
  coalesce(m.accounts_new, 0) as accounts_new, coalesce(m.accounts_returned, 0) as accounts_returned,
  coalesce(m.accounts_left, 0) as accounts_left,
  coalesce(a.squares, 0) as start_squares,
  coalesce(a.squares, 0) + coalesce(m.kept_squares, 0) as kept_squares,
  coalesce(a.squares, 0) + coalesce(m.kept_products, 0) as kept_products,
  coalesce(a.mrr, 0) + coalesce(m.kept_over_start, 0) as kept_over_start,
  coalesce(a.squares, 0) + coalesce(m.capped_squares, 0) as capped_squares,
  coalesce(a.squares, 0) + coalesce(m.capped_products, 0) as capped_products,
  coalesce(m.joined_and_left, 0) as joined_and_left
from windows w
left join balances a on a.day = w.window_start
left join balances b on b.day = w.window_end
left join moved m on m.window_start = w.window_start and m.window_end = w.window_end
order by w.window_end, w.window_start
