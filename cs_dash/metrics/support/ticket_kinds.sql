-- Tickets by category
-- words: Tickets of the period by category, and each category's share of categorised tickets.
-- formula: share = tickets of the category / categorised tickets
-- edge cases: Tickets without a category are a row of their own, with an empty category and no share. Spam, merged
--   duplicates and automatic messages are excluded.
-- source: the categories of the TSIA support benchmark, with billing and outages apart
-- tables: tickets
-- column kind: how-to, defect, feature request, account and access, billing, outage, other; empty: without a category
-- column tickets: tickets of the period
-- column share: share of the categorised tickets
-- column accounts: distinct accounts behind them
create macro ticket_kinds(start_day, end_day, wanted := '{}') as table
select
  kind, count(*) as tickets,
  case when kind is not null then count(*) / nullif(sum(count(*)) filter (where kind is not null) over (), 0) end as share,
  count(distinct account_id) as accounts
from tickets_in(start_day, end_day, wanted)
group by kind
order by kind is null, tickets desc, kind
