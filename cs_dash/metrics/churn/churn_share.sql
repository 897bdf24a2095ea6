-- Account churn rate
-- words: Share of the accounts that were customers at some time in the period that churned in it.
-- formula: accounts with a full churn event in the period that stopped paying / accounts that were customers in it
-- edge cases: An account counts once, however many events it has. No account: empty, never 0. Interval: Wilson, 95 %.
--   An event of an account that never stopped paying is a data conflict and does not count. Accounts that stopped
--   paying without an event are on the Retention page and in the reconciliation.
-- source: common usage; the base is everybody who could have left, not only those there on the first day
-- tables: accounts, churn_events, subscriptions
-- column window_start: the period's first day; empty: since the beginning
-- column window_end: the first day after the period; empty: no end
-- column looked_from: the as-of date
-- column accounts: accounts that were customers in the period
-- column churned_accounts: those that churned in it
-- column churn_share: share of them
create macro churn_share(start_days, end_days, as_of_days, wanted := '{}') as table
select
  w.window_start, w.window_end, w.looked_from,
  count(b.account_id) as accounts, count(*) filter (where b.churned) as churned_accounts,
  count(*) filter (where b.churned) / nullif(count(b.account_id), 0) as churn_share
from churn_windows(start_days, end_days, as_of_days) w
left join churn_base(start_days, end_days, as_of_days, wanted) b
  on w.window_start is not distinct from b.window_start and w.window_end is not distinct from b.window_end
  and w.looked_from = b.looked_from
group by w.window_start, w.window_end, w.looked_from
order by w.window_end, w.window_start, w.looked_from
