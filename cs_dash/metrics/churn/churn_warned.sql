-- Churn with an early warning
-- words: Whether an account had an early warning or red health three months before it churned, and how many retained
--   accounts did on the same day.
-- formula: warned = an early warning, or a red score, at the last month end at least 90 days before the account left
-- edge cases: Only rows dated on or before that month end are used. Unknown, not "no warning", where the account was
--   not yet a customer, or had neither a score nor an early warning. A renewal ahead is not a warning here: most
--   contracts end at one. Days that are not among those given have no rows.
-- source: this product; the early warnings are those of the Health page
-- tables: churn_events, usage, surveys, tickets, subscriptions, notes, accounts
-- column churn_id: the event's id
-- column account_id: the churned account
-- column churned_on: first unpaid day
-- column looked_on: the month end looked at
-- column band: its health then
-- column warnings: its early warnings then, in words of the Health page's names, separated by commas
-- column warned: an early warning or red health; empty where unknown
-- column stayed: retained accounts and of which it is known on that day
-- column stayed_warned: those of them that had a warning or were red
create macro churn_warned(on_days, start_day, end_day, as_of_day) as table
with departures as (
  select *, cast(date_trunc('month', churned_on - 89) as date) - 1 as looked_on
  from churn_departures(start_day, end_day, as_of_day)
),
flags as (
  select day, account_id, string_agg(warning, ', ' order by warning) as warnings
  from early_warnings_on(on_days)
  group by day, account_id
),
signs as (
  select s.day, s.account_id, s.band, f.warnings,
    case when f.warnings is not null or s.band = 'red' then true when s.band <> 'not scored' then false end as warned
  from health_scores(on_days) s
  left join flags f on f.day = s.day and f.account_id = s.account_id
),
stayers as (
  select day, count(warned) as stayed, count(*) filter (where warned) as stayed_warned
  from signs
  where account_id in (select account_id from churn_stayed(as_of_day))
  group by day
)
select d.churn_id, d.account_id, d.churned_on, d.looked_on, s.band, s.warnings, s.warned,
  coalesce(t.stayed, 0) as stayed, coalesce(t.stayed_warned, 0) as stayed_warned
from departures d
left join signs s on s.day = d.looked_on and s.account_id = d.account_id
left join stayers t on t.day = d.looked_on
order by d.churned_on desc, d.churn_id
