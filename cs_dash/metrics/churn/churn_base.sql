-- Accounts at risk of churn in a period
-- words: Every account that was a customer at some time in the period, and whether it churned in it.
-- edge cases: Since the beginning: all accounts. Excluded are accounts that started after the period or had churned
--   before it: no paid line any more, or, without any contract line, a full churn event before it. An account that
--   churned in the period is always included. An event of an account that never stopped paying is not churn.
-- tables: accounts, subscriptions, churn_events
-- column window_start: the period's first day; empty: since the beginning
-- column window_end: the first day after the period; empty: no end
-- column looked_from: the as-of date
-- column account_id: the account
-- column churned: it has a full churn event in the period and stopped paying
create macro churn_base(start_days, end_days, as_of_days, wanted := '{}') as table
with windows as (
  select *, coalesce(window_start, date '0001-01-01') as opens, coalesce(window_end, date '9999-12-31') as closes
  from churn_windows(start_days, end_days, as_of_days)
),
paid as (
  select account_id, min(start_date) as first_day, max(last_open_end) as last_day
  from paying_subscriptions
  group by account_id
),
gone as (
  select d.looked_from, l.account_id, list(l.churned_on) as days
  from (select distinct looked_from from windows) d
  join churn_lines l on l.is_full and l.churned_on <= d.looked_from
  anti join churn_paying_on(as_of_days) p on p.looked_from = d.looked_from and p.churn_id = l.churn_id
  group by d.looked_from, l.account_id
),
known as (
  select w.*, a.account_id, least(a.signup_date, p.first_day) as since, p.last_day,
    g.days
  from windows w
  cross join accounts a
  left join paid p on p.account_id = a.account_id
  left join gone g on g.account_id = a.account_id and g.looked_from = w.looked_from
  where a.account_id in (select account_id from in_scope(wanted))
),
judged as (
  select *, coalesce(len(list_filter(days, lambda day: day >= opens and day < closes)) > 0, false) as churned,
    coalesce(last_day, list_max(days), date '9999-12-31') as until
  from known
)
select window_start, window_end, looked_from, account_id, churned
from judged
where churned or (coalesce(since, date '0001-01-01') < closes and until > opens)
