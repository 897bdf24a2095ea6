-- Activity cohorts
-- words: Accounts grouped by the month (or quarter) of their first usage; each cell is the share that used the
--   product in a later month.
-- formula: logos = accounts with any use in month k / accounts of the cohort
-- edge cases: Age 0 is 100 % by its nature. Uses without an account belong to no cohort and are counted apart. Revenue
--   plays no part: base_mrr, grr and nrr are empty.
-- source: common usage of cohort triangles
-- tables: usage, accounts
-- column cohort: first day of the month or quarter of the first use
-- column age: months or quarters since then; 0 is the cohort's own
-- column size: accounts of the cohort
-- column base_mrr: empty
-- column active: those with any use in the cell's month or quarter
-- column logos: share of the accounts with any use
-- column grr: empty
-- column nrr: empty
-- column final: the cell's month or quarter has ended by the as-of date
create macro activity_cohorts(as_of_day, grain, wanted := '{}') as table
with used as (
  select distinct account_id, cast(date_trunc(grain, used_on) as date) as period
  from usage
  where account_id is not null and used_on <= cast(as_of_day as date)
    and account_id in (select account_id from in_scope(wanted))
),
members as (
  select account_id, min(period) as cohort from used group by account_id
),
cohorts as (
  select cohort, count(*) as size from members group by cohort
),
begun as (
  select cast(unnest(generate_series(
    (select min(cohort) from cohorts), cast(as_of_day as date),
    case grain when 'quarter' then interval 3 month else interval 1 month end
  )) as date) as period
),
periods as (
  select period,
    cast(period + case grain when 'quarter' then interval 3 month else interval 1 month end as date) - 1
      <= cast(as_of_day as date) as final
  from begun
),
cells as (
  select m.cohort, u.period, count(*) as active
  from used u
  join members m on m.account_id = u.account_id
  group by m.cohort, u.period
)
select
  c.cohort, date_diff(grain, c.cohort, p.period) as age, c.size, cast(null as double) as base_mrr,
  coalesce(x.active, 0) as active, coalesce(x.active, 0) / c.size as logos,
  cast(null as double) as grr, cast(null as double) as nrr, p.final
from cohorts c
join periods p on p.period >= c.cohort
left join cells x on x.cohort = c.cohort and x.period = p.period
order by c.cohort, age
