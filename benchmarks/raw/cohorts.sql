-- The cells of a monthly cohort triangle by hand, added up
with lines as (from subscriptions where account_id is not null and mrr > 0 and (end_date is null or end_date > start_date)),
firsts as (select account_id, min(start_date) as first_day from lines group by account_id),
base as (
  select f.account_id, date_trunc('month', f.first_day) as cohort, sum(l.mrr) as m0
  from firsts f
  join lines l on l.account_id = f.account_id and l.start_date <= f.first_day and (l.end_date is null or l.end_date > f.first_day)
  group by f.account_id, f.first_day
),
days as (select last_day(unnest(generate_series(date '2023-10-01', date '2026-09-01', interval 1 month))) as d),
held as (
  select d, account_id, sum(mrr) as m
  from days join lines on start_date <= d and (end_date is null or end_date > d)
  group by d, account_id
),
cells as (
  select b.cohort, h.d, count(*) as active, sum(least(h.m, b.m0)) as kept, sum(h.m) as m
  from held h join base b on b.account_id = h.account_id
  group by b.cohort, h.d
)
select sum(active) from cells
