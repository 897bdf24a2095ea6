-- How-to share and contact rate
-- words: Share of categorised tickets that are how-to. Beside it the contact rate, tickets per 100 paying accounts a
--   month, because a share alone falls when defects rise.
-- formula: share = how-to tickets / categorised tickets; contact rate = 100 x tickets / paying account-months
-- edge cases: No ticket with a category: empty, never 0. The contact rate counts all tickets of the period, also
--   those without a category; no paying account in the period: empty. Interval of the share: Wilson, 95 %.
-- source: TSIA Support Services Benchmark for the category; Wilson 1927 for the interval
-- tables: tickets, subscriptions, accounts
-- column window_start: the period's first day; empty: since the beginning
-- column window_end: the first day after the period; empty: no end
-- column share: how-to share of the categorised tickets
-- column howto: how-to tickets
-- column with_kind: categorised tickets
-- column without_kind: tickets without a category
-- column tickets: all tickets of the period
-- column without_account: tickets that no account was matched to
-- column exposure: paying account-months in the period
-- column contact_rate: tickets per 100 paying accounts per month
create macro howto_share(start_days, end_days, wanted := '{}') as table
with windows as (
  select distinct cast(window_start as date) as window_start, cast(window_end as date) as window_end
  from (select unnest(start_days) as window_start, unnest(end_days) as window_end)
),
days as (
  select created_on, count(*) as tickets, count(kind) as with_kind, count(*) filter (where kind = 'how-to') as howto,
    count(*) filter (where account_id is null) as without_account
  from tickets_in(null, null, wanted)
  group by created_on
),
counted as (
  select
    w.window_start, w.window_end, cast(coalesce(sum(d.tickets), 0) as bigint) as tickets,
    cast(coalesce(sum(d.with_kind), 0) as bigint) as with_kind, cast(coalesce(sum(d.howto), 0) as bigint) as howto,
    cast(coalesce(sum(d.without_account), 0) as bigint) as without_account
  from windows w
  left join days d
    on (w.window_start is null or d.created_on >= w.window_start) and (w.window_end is null or d.created_on < w.window_end)
  group by w.window_start, w.window_end
),
paid as (
  select window_start, window_end, sum(exposure) as exposure
  from paying_exposure(start_days, end_days, wanted)
  group by window_start, window_end
)
select
  c.window_start, c.window_end,
  c.howto / nullif(c.with_kind, 0) as share, c.howto, c.with_kind, c.tickets - c.with_kind as without_kind, c.tickets,
  c.without_account, p.exposure, 100 * c.tickets / nullif(p.exposure, 0) as contact_rate
from counted c
left join paid p
  on p.window_start is not distinct from c.window_start and p.window_end is not distinct from c.window_end
order by c.window_end, c.window_start
