-- End of each account's journey
-- words: The last day on which an account can reach a touchpoint: the as-of date, or the day before it left.
-- edge cases: An account that never paid stays until its trial ends; one without contracts until the as-of date, unless its
--   own row says when it churned.
-- tables: subscriptions, accounts
-- column account_id: the account
-- column observed_to: the first day after the last one that counts
-- column has_left: it left before the as-of date
create macro journey_ends(as_of_day) as table
with paid as (
  select account_id, max(case when mrr > 0 then ends end) as last_end
  from mrr_spells
  where starts <= cast(as_of_day as date)
  group by account_id
),
lines as (
  select account_id, max(coalesce(end_date, gone_by, date '9999-12-31')) as last_end
  from subscriptions
  where account_id is not null and start_date <= cast(as_of_day as date)
  group by account_id
),
ends as (
  select a.account_id, coalesce(p.last_end, l.last_end, a.churn_date, date '9999-12-31') as last_end
  from accounts a
  left join paid p on p.account_id = a.account_id
  left join lines l on l.account_id = a.account_id
)
select account_id, least(cast(as_of_day as date) + 1, last_end) as observed_to,
  last_end <= cast(as_of_day as date) as has_left
from ends
