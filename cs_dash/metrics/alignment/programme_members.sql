-- Participants of a programme
-- words: The accounts of each programme with their use, tickets and feedback since they joined.
-- formula: weekly users = mean of the distinct users of four whole weeks: those before it joined, and the last four known;
--   feedback = notes, survey comments and feature requests since it joined
-- edge cases: Weeks without use count as 0 once any use is known; without usage data, empty.
-- source: METRICS, team and alignment
-- tables: milestones, accounts, subscriptions, usage, tickets, notes, surveys, feature_requests
-- column programme: id of the programme
-- column title: what is tried out
-- column account_id: the account
-- column account: its name
-- column csm: its customer success manager (CSM)
-- column mrr: its MRR on the as-of date
-- column joined_on: its first day
-- column until_on: the programme's last day
-- column users_before: weekly users before
-- column users_now: weekly users now
-- column tickets: tickets since
-- column feedback: how often it gave feedback since
-- column latest: the latest feedback
-- column latest_on: its day
create macro programme_members(as_of_day, wanted := '{}') as table
with members as (
  select * from programme_accounts
  where joined_on <= cast(as_of_day as date) and account_id in (from in_scope(wanted))
),
span as (select last_week from usage_spans([cast(as_of_day as date)])),
used as (
  select m.programme, m.account_id,
    coalesce(sum(u.users) filter (where u.week < date_trunc('week', m.joined_on)
      and u.week >= date_trunc('week', m.joined_on) - interval 28 day), 0) / 4 as users_before,
    coalesce(sum(u.users) filter (where u.week <= s.last_week and u.week > s.last_week - 28), 0) / 4 as users_now
  from members m
  cross join span s
  left join usage_weeks u on u.account_id = m.account_id
  group by m.programme, m.account_id
),
told as (
  select account_id, noted_on as said_on, note as text from notes where note is not null
  union all
  select account_id, answered_on, comment from surveys where comment is not null
  union all
  select account_id, requested_on, title from feature_requests
),
feedback as (
  select m.programme, m.account_id, count(*) as feedback, arg_max(t.text, t.said_on) as latest, max(t.said_on) as latest_on
  from members m
  join told t on t.account_id = m.account_id and t.said_on >= m.joined_on
    and t.said_on <= least(cast(as_of_day as date), coalesce(m.until_on, cast(as_of_day as date)))
  group by m.programme, m.account_id
),
written as (
  select m.programme, m.account_id, count(*) as tickets
  from members m
  join tickets_in(null, cast(as_of_day as date) + 1) t on t.account_id = m.account_id and t.created_on >= m.joined_on
    and t.created_on <= coalesce(m.until_on, cast(as_of_day as date))
  group by m.programme, m.account_id
)
select m.programme, m.title, m.account_id, coalesce(a.account, m.account_id) as account, a.csm, r.mrr, m.joined_on, m.until_on,
  u.users_before, u.users_now, case when exists (from tickets) then coalesce(w.tickets, 0) end as tickets,
  coalesce(f.feedback, 0) as feedback, f.latest, f.latest_on
from members m
join accounts a on a.account_id = m.account_id
left join mrr_on(cast(as_of_day as date)) r on r.account_id = m.account_id
left join used u on u.programme = m.programme and u.account_id = m.account_id
left join feedback f on f.programme = m.programme and f.account_id = m.account_id
left join written w on w.programme = m.programme and w.account_id = m.account_id
order by m.programme, r.mrr desc nulls last, m.account_id
