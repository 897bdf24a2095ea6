-- Kinds of tickets
-- words: What customers write about: the tickets of the period by kind, and each kind's share of the tickets that have one.
-- formula: share = tickets of the kind / tickets with a kind
-- edge cases: Tickets without a kind are a row of their own, with an empty kind and no share. Spam, merged duplicates and
--   automatic messages are left out.
-- source: the kinds of the TSIA support benchmark, with billing and outages apart
-- tables: tickets
-- column kind: how-to, defect, feature request, account and access, billing, outage, other; empty: without a kind
-- column tickets: tickets of the period
-- column share: share of the tickets with a kind
-- column accounts: distinct accounts behind them
create macro ticket_kinds(start_day, end_day, wanted := '{}') as table
select
  kind, count(*) as tickets,
  case when kind is not null then count(*) / nullif(sum(count(*)) filter (where kind is not null) over (), 0) end as share,
  count(distinct account_id) as accounts
from tickets_in(start_day, end_day, wanted)
group by kind
order by kind is null, tickets desc, kind
