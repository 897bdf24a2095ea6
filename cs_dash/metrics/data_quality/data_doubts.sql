-- Missing values by table
-- words: Counts of missing values that a metric needs.
-- tables: accounts, subscriptions, usage, tickets, churn_events
-- column tickets: tickets, without spam and the like
-- column tickets_without_kind: tickets without a category
-- column lines_without_mrr: subscription lines without a recurring amount that are no trial
-- column uses: usage rows
-- column uses_without_user: usage rows without a user
-- column churn_without_reason: churn events without a reason
-- column accounts_implied: accounts that only other files name
-- column lines_assumed: subscription lines with assumed dates
create view data_doubts as
select *
from (
  select count(*) as tickets, count(*) filter (where kind is null) as tickets_without_kind
  from tickets
  where kind is distinct from 'not a ticket'
),
(
  select count(*) filter (where coalesce(mrr, 0) = 0 and not coalesce(is_trial, false)) as lines_without_mrr,
    count(*) filter (where assumed) as lines_assumed
  from subscriptions
),
(select count(*) as uses, count(*) filter (where user_id is null) as uses_without_user from usage),
(
  select count(*) filter (where nullif(trim(coalesce(reason, '') || coalesce(category, '')), '') is null)
    as churn_without_reason
  from churn_events
),
(select count(*) filter (where implied) as accounts_implied from accounts)
