-- What happened with one account
-- words: Tickets, survey answers, changes of the contract, churn events, notes, feature requests and milestones of an account up
--   to a day, and what was shipped to all accounts while it was a customer; the latest first.
-- edge cases: Spam, merged duplicates and automatic messages are no tickets. A change of the contract is a day on which its MRR
--   became another one. A downsell is an event of its own.
-- tables: tickets, surveys, subscriptions, churn_events, notes, feature_requests, milestones
-- column event: ticket, survey, contract, notice, churn, downsell, note, request, milestone or shipped
-- column event_id: id of the row; empty for changes of the contract
-- column happened_on: the day
-- column title: subject, survey, plan, reason, note, request or milestone
-- column detail: comment, author or status
-- column category: category of a ticket, the CSM's sentiment of a note, area of a request
-- column amount: score of an answer, MRR from the day on, MRR lost, votes
-- column amount_before: MRR before the day
create macro account_events(of_account, as_of_day) as table
with spells as (
  select starts, mrr, lag(mrr, 1, 0) over (order by starts) as mrr_before from mrr_spells where account_id = of_account
),
plans as (
  select start_date, string_agg(distinct plan, ', ' order by plan) as plans
  from paying_subscriptions
  where account_id = of_account
  group by start_date
),
stay as (select customer_since, churned_on from account_card(of_account, as_of_day)),
events as (
  select 'ticket' as event, ticket_id as event_id, created_on as happened_on, subject as title, null as detail, kind as category,
    cast(null as double) as amount, cast(null as double) as amount_before
  from tickets_in(null, cast(as_of_day as date) + 1)
  where account_id = of_account
  union all
  select 'survey' as event, survey_id, answered_on, survey, comment, null, score, null from surveys where account_id = of_account
  union all
  select 'contract' as event, null, s.starts, p.plans, null, null, s.mrr, s.mrr_before
  from spells s
  left join plans p on p.start_date = s.starts
  where s.mrr <> s.mrr_before
  union all
  select 'notice' as event, subscription_id, notice_on, plan, null, null, mrr, null
  from subscriptions
  where account_id = of_account and notice_on is not null
  union all
  select case when is_full then 'churn' else 'downsell' end as event, churn_id, churned_on, coalesce(reason, category), comment,
    category, mrr_stated, null
  from churn_lines
  where account_id = of_account
  union all
  select 'note' as event, note_id, noted_on, note, author, pulse, null, null from notes where account_id = of_account
  union all
  select 'request' as event, request_id, requested_on, title, status, product_area, votes, null
  from feature_requests
  where account_id = of_account
  union all
  select 'milestone' as event, milestone_id, reached_on, coalesce(title, milestone), null, null, null, null
  from milestones
  where account_id = of_account
  union all
  select 'shipped' as event, m.milestone_id, m.reached_on, coalesce(m.title, m.milestone), m.topic, null, null, null
  from milestones m, stay s
  where m.account_id is null and m.account_ref is null and m.account_name is null and m.reached_on >= s.customer_since
    and coalesce(m.reached_on < s.churned_on, true)
)
select event, event_id, happened_on, title, detail, category, amount, amount_before
from events
where happened_on <= cast(as_of_day as date)
order by happened_on desc, event, event_id
