-- One account
-- words: Who an account is: its own row, since when it pays, what it pays on the day, and, where it has left, when and why.
-- formula: churned: it paid before and pays nothing on the day, or, without any contract line, its own row says so
-- edge cases: An account that pays has not churned, whatever an event or a mark says. The day of the churn is that of its latest
--   full churn event, else the one of its own row, else the day it stopped paying. Paying nothing yet: no MRR, not 0.
-- tables: accounts, subscriptions, churn_events
-- column account_id: the account
-- column account: its name, else its id
-- column customer_since: its first paying day, else the day of its sign-up
-- column mrr: its MRR on the day; 0 where it paid before, empty where it never did
-- column on_trial: a trial runs on the day
-- column has_churned: it has left
-- column churned_on: when; empty where nobody says
-- column churn_reason: the reason as recorded
-- column churn_comment: the comment
-- column mrr_before: what it paid before it left
-- column dates_assumed: days of its contract or of its churn were assumed, not given
create macro account_card(of_account, as_of_day) as table
with paid as (
  select min(starts) as first_day, max(mrr) filter (where ends > cast(as_of_day as date)) as mrr,
    max(starts) filter (where ends > cast(as_of_day as date)) as since,
    arg_max(mrr, starts) filter (where mrr > 0) as last_amount
  from mrr_spells
  where account_id = of_account and starts <= cast(as_of_day as date)
),
left_on as (
  select max(churned_on) as churned_on, arg_max(coalesce(reason, category), churned_on) as reason,
    arg_max(comment, churned_on) as comment
  from churn_lines
  where account_id = of_account and is_full and churned_on <= cast(as_of_day as date)
),
trials as (
  select count(*) > 0 as running
  from subscriptions
  where account_id = of_account and is_trial and start_date <= cast(as_of_day as date)
    and coalesce(end_date > cast(as_of_day as date), true)
),
assumptions as (
  select coalesce(bool_or(assumed), false) as dates_assumed
  from (
    select assumed from subscriptions where account_id = of_account
    union all select assumed from churn_events where account_id = of_account
  )
),
facts as (
  select a.*, s.dates_assumed, p.first_day, p.mrr as paid_mrr, p.since, p.last_amount, l.churned_on, l.reason, l.comment,
    t.running or (coalesce(a.is_trial, false) and p.first_day is null) as on_trial,
    case
      when p.mrr > 0 or t.running then false
      when p.first_day is not null then true
      else coalesce(a.churn_date <= cast(as_of_day as date), a.churned, l.churned_on is not null)
    end as has_churned
  from accounts a
  cross join paid p
  cross join left_on l
  cross join trials t
  cross join assumptions s
  where a.account_id = of_account
)
select account_id, coalesce(account, account_id) as account, segment, plan, region, country, industry, csm, tier, icp_fit,
  channel, contract, seats, tenure_months, coalesce(first_day, signup_date) as customer_since, paid_mrr as mrr, on_trial,
  has_churned,
  case when has_churned then coalesce(churned_on, churn_date, since) end as churned_on,
  case when has_churned then reason end as churn_reason,
  case when has_churned then comment end as churn_comment,
  case when has_churned then last_amount end as mrr_before, dates_assumed
from facts
