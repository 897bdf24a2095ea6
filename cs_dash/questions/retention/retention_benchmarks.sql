-- What others report of their retention
-- words: Published ranges of retention over 12 months, to hold one's own against, each with its year, sample and source.
-- formula: none: published figures
-- edge cases: Companies of another size, price or market are no yardstick. The settings benchmark_nrr, benchmark_grr and
--   benchmark_logo_retention (two shares, "0.95-1.10") replace a range; benchmark_source then says where they come from.
--   No range of accounts kept with a stated sample was found: without a setting there is none.
-- source: SaaS Capital, research brief 28, 2023 B2B SaaS Retention Benchmarks: the lowest and the highest of the medians by
--   annual contract value, of companies above 1 million of yearly recurring revenue; read in a copy, not at the publisher
-- tables: subscriptions, accounts
-- column measure: nrr, grr or logo_retention
-- column lowest: lower end of the range, a share
-- column highest: upper end of the range, a share
-- column meaning: what the range is
-- column year: year of the survey, empty where it is not said
-- column sample: who was asked
-- column publisher: who measured it
-- column verified: the original was read at its publisher
create view retention_benchmarks as
with published as (
  from (values
    ('nrr', 1.00, 1.10, 'medians by contract value', 2023, 'over 1,500 private B2B SaaS companies', 'SaaS Capital'),
    ('grr', 0.90, 0.93, 'medians by contract value', 2023, 'over 1,500 private B2B SaaS companies', 'SaaS Capital'),
    ('logo_retention', null, null, null, null, null, null)
  ) as listed(measure, lowest, highest, meaning, year, sample, publisher)
),
chosen as (
  select substr(name, 11) as measure, try_cast(split_part(value, '-', 1) as double) as lowest,
    try_cast(split_part(value, '-', 2) as double) as highest,
    coalesce((select value from settings where name = 'benchmark_source'), 'a setting of this workspace') as publisher
  from settings
  where name in ('benchmark_nrr', 'benchmark_grr', 'benchmark_logo_retention')
)
select p.measure, cast(coalesce(c.lowest, p.lowest) as double) as lowest, cast(coalesce(c.highest, p.highest) as double) as highest,
  case when c.measure is null then p.meaning end as meaning, case when c.measure is null then p.year end as year,
  case when c.measure is null then p.sample end as sample, coalesce(c.publisher, p.publisher) as publisher, false as verified
from published p
left join chosen c on c.measure = p.measure and c.lowest <= c.highest
where coalesce(c.lowest, p.lowest) is not null
order by p.measure
