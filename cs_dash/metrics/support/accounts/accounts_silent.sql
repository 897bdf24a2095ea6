-- Quiet accounts
-- words: Paying accounts that wrote no ticket in the last 90 days although they used to, or that have neither used
--   the product nor written after weekly usage.
-- formula: no ticket in 90 days with an expectation from its own past; or the early warning of silence: no use and no
--   ticket for 21 days after at least 6 active weeks of the 12 before, and no use since in the week that is not over
-- edge cases: Whether no ticket is significantly few follows from the probability of none: (days of the past / (days
--   of the past + 90)) to the power of its tickets. Use is known only where the usage file reaches the last 28 days;
--   else it is empty. Without any subscription all accounts count as paying.
-- source: exact Poisson test of two counts (Przyborowski and Wilenski 1940)
-- tables: tickets, usage, accounts, subscriptions
-- column account_id: the account
-- column account: its name
-- column csm: its customer success manager (CSM)
-- column recent: tickets in the last 90 days
-- column past: tickets in the days before
-- column past_days: the number of those days
-- column expected: tickets that its past would have brought in 90 days
-- column last_ticket_on: day of its latest ticket
-- column last_used_on: latest day of use
-- column used: it used the product in the last 28 days; empty where use is unknown
-- column stopped: neither use nor ticket after it had used the product week after week
-- column mrr: its MRR on the as-of date
-- column renewal_date: its next renewal
-- column about: what most of its tickets of the year before were about
create macro accounts_silent(as_of_day, wanted := '{}') as table
with wrote as (
  select * from asking_rates(as_of_day, wanted)
),
used as (
  select account_id, max(last_day) as last_used_on
  from usage_weeks
  where last_day <= cast(as_of_day as date)
  group by account_id
),
reach as (select coalesce(max(last_used_on) >= cast(as_of_day as date) - 28, false) as known from used),
warned as (
  select e.account_id, true as stopped
  from early_warnings(as_of_day, wanted) e
  join used u on u.account_id = e.account_id
  where e.warning = 'went_silent' and u.last_used_on <= cast(as_of_day as date) - 21
),
found as (
  select coalesce(w.account_id, s.account_id) as account_id, w.recent, w.past, w.past_days, w.expected, w.last_on, s.stopped
  from (select * from wrote where recent = 0 and past > 0 and expected is not null) w
  full join warned s on s.account_id = w.account_id
)
select f.account_id, coalesce(a.account, f.account_id) as account, a.csm, coalesce(f.recent, o.recent) as recent,
  coalesce(f.past, o.past) as past, coalesce(f.past_days, o.past_days) as past_days, coalesce(f.expected, o.expected) as expected,
  coalesce(f.last_on, o.last_on) as last_ticket_on, u.last_used_on,
  case when k.known then coalesce(u.last_used_on > cast(as_of_day as date) - 28, false) end as used,
  coalesce(f.stopped, false) as stopped, m.mrr, n.shown_on as renewal_date, h.about
from found f
join accounts a on a.account_id = f.account_id
cross join reach k
left join wrote o on o.account_id = f.account_id
left join used u on u.account_id = f.account_id
left join mrr_on(cast(as_of_day as date)) m on m.account_id = f.account_id
left join renewals_on([cast(as_of_day as date)]) n on n.account_id = f.account_id
left join account_matters(cast(as_of_day as date) - 454, cast(as_of_day as date) + 1, wanted) h on h.account_id = f.account_id
where m.mrr is not null or not exists (from paying_subscriptions)
order by f.account_id
