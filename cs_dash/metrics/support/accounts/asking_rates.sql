-- Tickets vs own history
-- words: Tickets of an account in the last 90 days, and the number expected from its own history.
-- formula: expected = tickets of the past x 90 / days of the past; the past is up to 365 days before the last 90,
--   from when the account was a customer and tickets were kept
-- edge cases: The 90 days end with the as-of date, or with the latest ticket of all where that is earlier: a ticket
--   file that ends early makes no account look quiet. Without a start date the history begins with the account's
--   first ticket. Accounts with less than 90 days of history have no expected number; accounts without any ticket
--   have no row. New accounts ask most: a history that includes their first days makes a spike harder to detect,
--   never easier.
-- source: a count against a rate, as in any incidence rate
-- tables: tickets, accounts, subscriptions
-- column account_id: the account
-- column until_day: last of the 90 days
-- column recent: tickets in the last 90 days
-- column past: tickets in the days before
-- column past_days: the number of those days
-- column expected: tickets that its past would have brought in 90 days
-- column last_on: day of its latest ticket
create macro asking_rates(as_of_day, wanted := '{}') as table
with kept as (
  select min(created_on) as first_ticket, least(cast(as_of_day as date), max(created_on)) as until_day
  from tickets_in(null, cast(as_of_day as date) + 1)
),
wrote as (
  select t.account_id, t.created_on, k.until_day, k.first_ticket
  from tickets_in(null, cast(as_of_day as date) + 1, wanted) t, kept k
  where t.account_id is not null
),
began as (
  select w.account_id, any_value(w.until_day) as until_day, max(w.created_on) as last_on,
    greatest(
      any_value(w.first_ticket), coalesce(any_value(s.started_on), min(w.created_on)), any_value(w.until_day) - 454
    ) as known_from
  from wrote w
  left join customer_starts s on s.account_id = w.account_id
  group by w.account_id
),
counted as (
  select b.account_id, b.until_day, b.last_on, greatest(0, date_diff('day', b.known_from, b.until_day - 90) + 1) as past_days,
    count(*) filter (where w.created_on > b.until_day - 90) as recent,
    count(*) filter (where w.created_on <= b.until_day - 90 and w.created_on >= b.known_from) as past
  from began b
  join wrote w on w.account_id = b.account_id
  group by b.account_id, b.until_day, b.last_on, b.known_from
)
select account_id, until_day, recent, past, past_days, case when past_days >= 90 then past * 90 / past_days end as expected,
  last_on
from counted
order by account_id
