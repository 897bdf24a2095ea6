-- What rows without an account keep from the accounts
-- words: Use, churn and answers that fit no account: they are in the totals, in no account's figures, and in no segment.
-- formula: weekly_users = the most distinct users without an account in one of the newest four weeks
-- edge cases: Without users' ids the weekly uses cannot be told apart, and there are no weekly users.
-- tables: usage, churn_events, surveys, notes
-- column uses: rows of use without an account, of all time
-- column weekly_users: an account may have up to so many more active users a week
-- column churn_events: churn events without an account
-- column mrr_lost: the MRR that those events state as lost; empty where they state none
-- column nps_answers: answers to NPS surveys without an account
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
