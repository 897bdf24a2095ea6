-- NRR of a year by hand, and nothing else
with lines as (from subscriptions where account_id is not null and mrr > 0 and (end_date is null or end_date > start_date)),
a as (
  select account_id, sum(mrr) as m from lines
  where start_date <= date '2025-09-30' and (end_date is null or end_date > date '2025-09-30')
  group by account_id
),
b as (
  select account_id, sum(mrr) as m from lines
  where start_date <= date '2026-09-30' and (end_date is null or end_date > date '2026-09-30')
  group by account_id
)
select sum(coalesce(b.m, 0)) / sum(a.m) from a left join b on b.account_id = a.account_id
