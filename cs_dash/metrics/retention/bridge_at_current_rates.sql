-- Revenue bridge at current rates
-- words: The revenue bridge with each month's balance at that month's exchange rates, and the effect of the rates
--   alone.
-- formula: MRR at the end = MRR at the start + new + reactivation + expansion - contraction - churn + fx; for each
--   account and currency fx = min(S, E) x (rate at the end - rate at the start), S and E being its MRR in that currency
-- edge cases: Growth counts at the rate of the end, loss at that of the start. A line in the reporting currency, or
--   one whose own amount is not kept (made from invoices or monthly sheets, or loaded by an earlier release), is not
--   affected by rates. A day has the latest rate on or before it; before the first rate, the first one applies.
-- source: METRICS of this product: rate moves are their own line
-- tables: subscriptions, accounts, fx_rates
-- column month: first day of the month
-- column mrr_start: MRR at the end of the month before, at its rates
-- column new: MRR of accounts that had never paid before
-- column reactivation: MRR of accounts that came back
-- column expansion: growth of accounts that paid at both month ends, rates apart
-- column contraction: shrinkage of accounts that paid at both month ends, rates apart
-- column churn: MRR of churned accounts
-- column fx: revenue that moved by exchange rates alone
-- column mrr_end: MRR at the month's end, at its rates
-- column accounts_end: accounts paying at the month's end
-- column accounts_start: accounts paying at the end of the month before
-- column joined_and_left: accounts that first paid in the month and paid nothing at its end
-- column final: the month has ended by the as-of date
create macro bridge_at_current_rates(as_of_day, wanted := '{}') as table
with months as (
  select month, month - 1 as day_before, day, final from month_ends(as_of_day)
),
moved as (
  select m.month, m.day_before, a.account_id, a.first_day, a.s, a.e, a.fx
  from windows_at_current_rates(
    (select list(day_before order by month) from months), (select list(day order by month) from months), wanted
  ) a
  join months m on m.day_before = a.window_start and m.day = a.window_end
  where a.account_id is not null
),
told as (
  select *, round(e - s - fx, 6) as change from moved
),
summed as (
  select month,
    coalesce(sum(s), 0) as mrr_start,
    coalesce(sum(e) filter (where s = 0 and first_day > day_before), 0) as new,
    coalesce(sum(e) filter (where s = 0 and first_day <= day_before), 0) as reactivation,
    coalesce(sum(change) filter (where s > 0 and e > 0 and change > 0), 0) as expansion,
    coalesce(-sum(change) filter (where s > 0 and e > 0 and change < 0), 0) as contraction,
    coalesce(sum(s) filter (where e = 0), 0) as churn,
    coalesce(sum(fx) filter (where s > 0 and e > 0), 0) as fx,
    coalesce(sum(e), 0) as mrr_end,
    count(*) filter (where s > 0) as accounts_start,
    count(*) filter (where e > 0) as accounts_end,
    count(*) filter (where s = 0 and e = 0 and first_day > day_before) as joined_and_left
  from told
  group by month
)
select m.month, round(coalesce(mrr_start, 0), 6) as mrr_start, round(coalesce(new, 0), 6) as new,
  round(coalesce(reactivation, 0), 6) as reactivation, round(coalesce(expansion, 0), 6) as expansion,
  round(coalesce(contraction, 0), 6) as contraction, round(coalesce(churn, 0), 6) as churn, round(coalesce(fx, 0), 6) as fx,
  round(coalesce(mrr_end, 0), 6) as mrr_end, coalesce(accounts_end, 0) as accounts_end,
  coalesce(accounts_start, 0) as accounts_start, coalesce(joined_and_left, 0) as joined_and_left, m.final
from months m
left join summed s on s.month = m.month
order by m.month
