-- Revenue bridge
-- words: Month by month, the movements from one month-end MRR to the next.
-- formula: MRR at the end = MRR at the start + new + reactivation + expansion - contraction - churn + fx
-- edge cases: The month of the as-of date ends, for now, on that date and is not final. Accounts that joined and left
--   inside a month are in no balance and counted apart.
-- source: ChartMogul and Baremetrics, MRR movements; taken per account between month ends
-- tables: subscriptions, accounts
-- column month: first day of the month
-- column mrr_start: MRR at the end of the month before
-- column new: MRR of accounts that had never paid before
-- column reactivation: MRR of accounts that came back
-- column expansion: growth of accounts that paid at both month ends
-- column contraction: shrinkage of accounts that paid at both month ends
-- column churn: MRR of churned accounts
-- column fx: revenue that moved by exchange rates alone
-- column mrr_end: MRR at the month's end
-- column accounts_end: accounts paying at the month's end
-- column accounts_start: accounts paying at the end of the month before
-- column accounts_new: accounts that had never paid before
-- column accounts_returned: accounts that came back
-- column accounts_left: churned accounts
-- column joined_and_left: accounts that first paid in the month and paid nothing at its end
-- column final: the month has ended by the as-of date
create macro revenue_bridge(as_of_day, wanted := '{}') as table
with months as (
  from month_ends(as_of_day)
),
moved as (
  from revenue_movements(
    (select list(month - 1 order by month) from months), (select list(day order by month) from months), wanted
  )
)
select
  m.month, v.mrr_start, v.new, v.reactivation, v.expansion, v.contraction, v.churn, v.fx, v.mrr_end, v.accounts_end,
  v.accounts_start, v.accounts_new, v.accounts_returned, v.accounts_left, v.joined_and_left, m.final
from months m
join moved v on v.window_end = m.day
order by m.month
