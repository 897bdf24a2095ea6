-- Churn by satisfaction
-- words: Churn rate of the accounts by their newest CSAT answer.
-- formula: churned accounts / accounts that were customers in the period, by the newest answer up to its end, rounded
-- edge cases: Only surveys called CSAT count, on a scale from 1 to 5. An account without an answer is left out.
-- tables: accounts, churn_events, subscriptions, surveys
-- column score: the newest CSAT answer, from 1 to 5
-- column accounts: accounts that were customers in the period
-- column churned_accounts: those that churned in it
-- column churn_share: share of them
create macro churn_by_satisfaction(start_day, end_day, as_of_day, wanted := '{}') as table
select score, count(*) as accounts, count(*) filter (where churned) as churned_accounts,
  count(*) filter (where churned) / count(*) as churn_share
from churn_satisfaction_accounts(start_day, end_day, as_of_day, wanted)
group by score
order by score
