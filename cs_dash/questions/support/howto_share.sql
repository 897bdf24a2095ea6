-- How-to share and contact rate
-- words: Of the tickets with a kind, the share that ask how to do something. Beside it: how many tickets came for every 100
--   paying accounts a month, because a share alone falls when defects rise.
-- formula: share = how-to tickets / tickets with a kind; contact rate = 100 x tickets / paying account-months
-- edge cases: No ticket with a kind: empty, never 0. The contact rate counts all tickets of the period, also those without a
--   kind; nobody paying in the period: empty. Interval of the share: Wilson, 95 %.
-- source: TSIA Support Services Benchmark for the kind; Wilson 1927 for the interval
-- tables: tickets, subscriptions, accounts
-- column share: how-to share of the tickets with a kind
-- column howto: how-to tickets
-- column with_kind: tickets with a kind
-- column without_kind: tickets without a kind
-- column tickets: all tickets of the period
-- column without_account: tickets that no account was matched to
-- column exposure: paying account-months in the period
-- column contact_rate: tickets per 100 paying accounts per month
create macro howto_share(start_day, end_day, wanted := '{}') as table
with counted as (
  select
    count(*) as tickets, count(kind) as with_kind, count(*) filter (where kind = 'how-to') as howto,
    count(*) filter (where account_id is null) as without_account
  from tickets_in(start_day, end_day, wanted)
),
paid as (select sum(exposure) as exposure from paying_exposure(start_day, end_day, wanted))
select
  howto / nullif(with_kind, 0) as share, howto, with_kind, tickets - with_kind as without_kind, tickets, without_account,
  exposure, 100 * tickets / nullif(exposure, 0) as contact_rate
from counted, paid
