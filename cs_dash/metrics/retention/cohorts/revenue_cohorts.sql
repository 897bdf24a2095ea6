-- Revenue cohorts
-- words: Accounts grouped by the month (or quarter) of their first paying day; each cell shows how many still pay at
--   the end of a later month, and how much.
-- formula: logos = accounts paying then / accounts of the cohort; grr = sum(min(m0, mk)) / sum(m0); nrr = sum(mk) /
--   sum(m0), with m0 an account's MRR on its first paying day and mk its MRR at the end of month k
-- edge cases: The denominator is the whole cohort, including accounts that joined and churned in the same month, so
--   age 0 may be below 100 %. A cell is final when its month has ended by the as-of date; until then it shows the
--   as-of date and is excluded from averages. The average is weighted: the sum retained divided by the sum of the
--   cohorts that reached the age.
-- source: Gold, Fighting Churn with Data, chapter 2; common usage of cohort triangles
-- tables: subscriptions, accounts
-- column cohort: first day of the month or quarter of the first paying day
-- column age: months or quarters since then; 0 is the cohort's own
-- column size: accounts of the cohort
-- column base_mrr: their MRR, each on its first paying day
-- column active: those that pay at the end of the cell
-- column logos: share of the accounts that pay then
-- column grr: share of base_mrr that is left, growth not counted
-- column nrr: share of base_mrr that is there, growth included
-- column final: the cell's month or quarter has ended by the as-of date
-- column kept_mrr: MRR left, growth not counted
-- column mrr: MRR there, growth included
create macro revenue_cohorts(as_of_day, grain, wanted := '{}') as table
with members as (
  select account_id, round(first_mrr, 6) as first_mrr, cast(date_trunc(grain, first_day) as date) as cohort
  from first_paying_days
  where first_day <= cast(as_of_day as date) and account_id in (select account_id from in_scope(wanted))
),
cohorts as (
  select cohort, count(*) as size, round(sum(first_mrr), 6) as base_mrr from members group by cohort
),
begun as (
  select cast(unnest(generate_series(
    (select min(cohort) from cohorts), cast(as_of_day as date),
    case grain when 'quarter' then interval 3 month else interval 1 month end
  )) as date) as period
),
ended as (
  select period,
    cast(period + case grain when 'quarter' then interval 3 month else interval 1 month end as date) - 1 as last_of_it
  from begun
),
periods as (
  select period, least(last_of_it, cast(as_of_day as date)) as day, last_of_it <= cast(as_of_day as date) as final
  from ended
),
cells as (
  select m.cohort, p.period, count(*) as active, round(sum(least(s.mrr, m.first_mrr)), 6) as kept_mrr,
    round(sum(s.mrr), 6) as mrr
  from periods p
  join mrr_spells s on s.starts <= p.day and s.ends > p.day
  join members m on m.account_id = s.account_id
  where s.mrr > 0
  group by m.cohort, p.period
)
select
  c.cohort, date_diff(grain, c.cohort, p.period) as age, c.size, c.base_mrr,
  coalesce(x.active, 0) as active, coalesce(x.active, 0) / c.size as logos,
  coalesce(x.kept_mrr, 0) / c.base_mrr as grr, coalesce(x.mrr, 0) / c.base_mrr as nrr, p.final,
  coalesce(x.kept_mrr, 0) as kept_mrr, coalesce(x.mrr, 0) as mrr
from cohorts c
join periods p on p.period >= c.cohort
left join cells x on x.cohort = c.cohort and x.period = p.period
order by c.cohort, age
