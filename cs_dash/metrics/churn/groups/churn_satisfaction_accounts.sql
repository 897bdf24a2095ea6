-- Accounts by satisfaction
-- words: The accounts that were customers in the period and have a CSAT answer, with the newest one, and whether they
--   churned.
-- formula: the newest answer up to the end of the period, rounded
-- edge cases: Only surveys called CSAT count, on a scale from 1 to 5. An account without an answer is left out.
-- tables: accounts, churn_events, subscriptions, surveys
-- column account_id: the account
-- column score: its newest CSAT answer, from 1 to 5
-- column answered_on: the day of that answer
-- column churned: it churned in the period
create macro churn_satisfaction_accounts(start_day, end_day, as_of_day, wanted := '{}') as table
with newest as (
  select account_id, round(arg_max(score, answered_on)) as score, max(answered_on) as answered_on
  from surveys
  where upper(survey) like '%CSAT%' and score between 1 and 5 and answered_on < cast(end_day as date)
    and account_id is not null
  group by account_id
)
select b.account_id, n.score, n.answered_on, b.churned
from churn_base([cast(start_day as date)], [cast(end_day as date)], [cast(as_of_day as date)], wanted) b
join newest n on n.account_id = b.account_id
order by b.churned desc, n.answered_on desc, b.account_id
