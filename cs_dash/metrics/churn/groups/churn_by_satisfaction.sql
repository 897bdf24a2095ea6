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
with newest as (
  select account_id, round(arg_max(score, answered_on)) as score
  from surveys
  where upper(survey) like '%CSAT%' and score between 1 and 5 and answered_on < cast(end_day as date)
    and account_id is not null
  group by account_id
)
select n.score, count(*) as accounts, count(*) filter (where b.churned) as churned_accounts,
  count(*) filter (where b.churned) / count(*) as churn_share
from churn_base([cast(start_day as date)], [cast(end_day as date)], [cast(as_of_day as date)], wanted) b
join newest n on n.account_id = b.account_id
group by n.score
order by n.score
