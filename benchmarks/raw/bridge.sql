-- MRR lost by leaving, over the month ends of three years, by hand
with lines as (from subscriptions where account_id is not null and mrr > 0 and (end_date is null or end_date > start_date)),
days as (select last_day(unnest(generate_series(date '2023-09-01', date '2026-09-01', interval 1 month))) as d),
held as (
  select d, account_id, sum(mrr) as m
  from days join lines on start_date <= d and (end_date is null or end_date > d)
  group by d, account_id
),
moved as (
  select coalesce(b.m, 0) - coalesce(a.m, 0) as change, b.m as after
  from held a full join held b on b.account_id = a.account_id and b.d = last_day(a.d + 1)
  where a.d is null or a.d < date '2026-09-30'
)
select sum(-change) filter (where after is null) from moved
