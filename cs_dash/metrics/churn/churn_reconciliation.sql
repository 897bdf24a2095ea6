-- How the churn figures fit together
-- words: Churned accounts, churn events, downsells, the MRR lost as recorded and the churned MRR of the revenue bridge, in one
--   table that adds up.
-- formula: churned accounts + further events of the same accounts + events of accounts that never stopped paying + events
--   without an account + downsells = churn events; MRR recorded for churned accounts + MRR of accounts that stopped paying
--   without an event + differences of amount or month = churned MRR of the revenue bridge
-- edge cases: Of several events of a churned account the last one stands for the account. The bridge counts the months that
--   overlap the period. Amounts are empty where none is known, and the bridge's part is excluded without subscriptions.
-- tables: churn_events, subscriptions, accounts
-- column part: churned, repeated, paying, unmatched, downsell, events; recorded, unrecorded, difference, bridge
-- column events: churn events
-- column accounts: distinct accounts
-- column mrr: MRR lost
create macro churn_reconciliation(start_day, end_day, as_of_day, wanted := '{}') as table
with events as materialized (
  select l.churn_id, l.account_id, l.churned_on, l.is_full, l.mrr_lost, p.churn_id is not null as pays_on
  from churn_losses([cast(start_day as date)], [cast(end_day as date)], [cast(as_of_day as date)], wanted) l
  left join churn_paying_on([cast(as_of_day as date)]) p on p.churn_id = l.churn_id
),
parts as materialized (
  select *,
    case
      when not is_full then 'downsell'
      when account_id is null then 'unmatched'
      when pays_on then 'paying'
      when row_number() over (
        partition by account_id, is_full, pays_on order by churned_on desc, churn_id) = 1 then 'churned'
      else 'repeated'
    end as part
  from events
),
months as (
  select list(month - 1 order by month) as starts, list(day order by month) as ends
  from month_ends(as_of_day)
  where month >= coalesce(date_trunc('month', cast(start_day as date)), date '0001-01-01')
    and month < coalesce(cast(end_day as date), date '9999-12-31')
),
stopped as materialized (
  select account_id, sum(s) as mrr
  from account_windows((select starts from months), (select ends from months), wanted)
  where s > 0 and e = 0
  group by account_id
),
recorded as (
  select count(*) as events, count(distinct account_id) as accounts, sum(mrr_lost) as mrr
  from parts
  where part in ('churned', 'repeated')
),
unrecorded as (
  select count(*) as accounts, coalesce(sum(mrr), 0) as mrr
  from stopped
  where account_id not in (select account_id from parts where part = 'churned')
),
bridge as (
  select count(*) as accounts, coalesce(sum(mrr), 0) as mrr from stopped
),
lines as (
  select part, count(*) as events, count(distinct account_id) as accounts, sum(mrr_lost) as mrr from parts group by part
  union all
  select 'events', count(*), count(distinct account_id), sum(mrr_lost) from parts
  union all
  select 'recorded', events, accounts, mrr from recorded
  union all
  select 'unrecorded', null, accounts, mrr from unrecorded
  union all
  select 'difference', null, null, b.mrr - u.mrr - coalesce(r.mrr, 0) from bridge b, unrecorded u, recorded r
  union all
  select 'bridge', null, accounts, mrr from bridge
)
select part, events, accounts, round(mrr, 6) as mrr
from lines
where (select count(*) from paying_subscriptions) > 0 or part not in ('recorded', 'unrecorded', 'difference', 'bridge')
order by list_position(
  ['churned', 'repeated', 'paying', 'unmatched', 'downsell', 'events', 'recorded', 'unrecorded', 'difference', 'bridge'],
  part)
