-- Accounts that could leave in a period
-- words: Every account that was a customer at some time in the period, and whether it left in it.
-- edge cases: Since the beginning: all accounts. Left out are accounts that came after the period, or were gone before
--   it: no paid line any more, or, where no line is known, a full churn event before it. An account with a full churn
--   event in the period is always in.
-- tables: accounts, subscriptions, churn_events
-- column account_id: the account
-- column churned: it has a full churn event in the period
create macro churn_base(start_day, end_day, as_of_day, wanted := '{}') as table
with paid as (
  select account_id, min(start_date) as first_day, max(last_open_end) as last_day
  from paying_subscriptions
  group by account_id
),
departures as (
  select account_id, churned_on,
    churned_on >= coalesce(cast(start_day as date), date '0001-01-01')
      and churned_on < coalesce(cast(end_day as date), date '9999-12-31') as inside
  from churn_lines
  where is_full and churned_on <= cast(as_of_day as date)
),
gone as (
  select account_id, bool_or(inside) as churned, max(churned_on) as last_event from departures group by account_id
),
known as (
  select a.account_id, coalesce(g.churned, false) as churned,
    least(a.signup_date, p.first_day) as since, coalesce(p.last_day, g.last_event, date '9999-12-31') as until
  from accounts a
  left join paid p on p.account_id = a.account_id
  left join gone g on g.account_id = a.account_id
  where a.account_id in (select account_id from in_scope(wanted))
)
select account_id, churned
from known
where churned or (
  coalesce(since, date '0001-01-01') < coalesce(cast(end_day as date), date '9999-12-31')
  and until > coalesce(cast(start_day as date), date '0001-01-01')
)
