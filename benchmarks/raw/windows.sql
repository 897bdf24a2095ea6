-- NRR, GRR, accounts kept and quick ratio over twelve months, at each of the last twelve month ends, by hand
with lines as (from subscriptions where account_id is not null and mrr > 0 and (end_date is null or end_date > start_date)),
days as (select last_day(unnest(generate_series(date '2024-10-01', date '2026-09-01', interval 1 month))) as d),
held as (
  select d, account_id, sum(mrr) as m
  from days join lines on start_date <= d and (end_date is null or end_date > d)
  group by d, account_id
),
moved as (
  select coalesce(b.d, last_day(a.d + 1)) as d, coalesce(b.m, 0) - coalesce(a.m, 0) as change
  from held a full join held b on b.account_id = a.account_id and b.d = last_day(a.d + 1)
  where coalesce(b.d, last_day(a.d + 1)) between date '2024-11-01' and date '2026-09-30'
),
months as (
  select d, sum(greatest(change, 0)) as gains, sum(greatest(-change, 0)) as losses from moved group by d
),
quick as (
  select a.d, sum(b.gains) / sum(b.losses) as quick
  from months a join months b on b.d <= a.d and b.d > last_day(a.d - interval 12 month)
  group by a.d
),
windows as (
  select last_day(b.d + interval 12 month) as d, sum(coalesce(e.m, 0)) / sum(b.m) as nrr,
    sum(least(b.m, coalesce(e.m, 0))) / sum(b.m) as grr, count(e.m) / count(*) as logos
  from held b
  left join held e on e.account_id = b.account_id and e.d = last_day(b.d + interval 12 month)
  where b.d <= date '2025-09-30'
  group by b.d
)
select sum(nrr + grr + logos + quick) from windows join quick on quick.d = windows.d
