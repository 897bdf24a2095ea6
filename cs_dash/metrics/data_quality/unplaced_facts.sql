-- Effect of rows without an account
-- words: Usage, churn and survey responses without an account: in the totals, but not in accounts or segments.
-- formula: weekly_users = the most distinct users without an account in one of the latest four weeks
-- edge cases: Without users' ids there are no weekly users.
-- tables: usage, churn_events, surveys, notes
-- column uses: usage rows without an account, of all time
-- column weekly_users: an account may have up to so many more active users a week
-- column churn_events: churn events without an account
-- column mrr_lost: the MRR that those events state as lost; empty where they state none
-- column nps_answers: NPS responses without an account
create macro unplaced_facts(as_of_day) as table
select *
from (select count(*) as uses from usage where account_id is null),
(
  select max(users) as weekly_users
  from (
    select date_trunc('week', used_on) as week, nullif(count(distinct user_id), 0) as users
    from usage
    where account_id is null and used_on <= cast(as_of_day as date) and used_on > cast(as_of_day as date) - 28
    group by week
  )
),
(select count(*) as churn_events, sum(mrr_lost) as mrr_lost from churn_events where account_id is null),
(select count(*) as nps_answers from surveys where account_id is null and survey ilike '%nps%')
