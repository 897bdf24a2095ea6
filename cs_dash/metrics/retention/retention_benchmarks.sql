-- Industry benchmarks of retention
-- words: Published ranges of 12-month retention, each with its year, sample and source.
-- formula: none: published figures
-- edge cases: Companies of another size, price level or market are not comparable. The settings benchmark_nrr,
--   benchmark_grr and benchmark_logo_retention (two shares, "0.95-1.10") replace a range; its year, sample and source
--   are then those set with it (benchmark_nrr_year, benchmark_nrr_sample, benchmark_nrr_source), never those of the
--   published one. No range of logo retention with a stated sample was found: without a setting there is none.
-- source: SaaS Capital, research brief 28, 2023 B2B SaaS Retention Benchmarks: the lowest and the highest of the
--   medians by annual contract value, of companies above 1 million of yearly recurring revenue; read in a copy, not at
--   the publisher
-- tables: subscriptions, accounts
-- column measure: nrr, grr or logo_retention
-- column lowest: lower end of the range, a share
-- column highest: upper end of the range, a share
-- column meaning: what the range is
-- column year: year of the survey, empty where it is not said
-- column sample: who was asked
-- column publisher: who measured it
-- column verified: somebody set that the original was read at its publisher (benchmark_nrr_verified)
-- column chosen: the range is a setting of this workspace
create view retention_benchmarks as
with published as (
  from (values
    ('nrr', 1.00, 1.10, 'medians by contract value', 2023, 'over 1,500 private B2B SaaS companies', 'SaaS Capital'),
    ('grr', 0.90, 0.93, 'medians by contract value', 2023, 'over 1,500 private B2B SaaS companies', 'SaaS Capital'),
    ('logo_retention', null, null, null, null, null, null)
  ) as listed(measure, lowest, highest, meaning, year, sample, publisher)
),
given as (
  select p.measure,
    try_cast(split_part(max(s.value) filter (where s.name = 'benchmark_' || p.measure), '-', 1) as double) as lowest,
    try_cast(split_part(max(s.value) filter (where s.name = 'benchmark_' || p.measure), '-', 2) as double) as highest,
    try_cast(max(s.value) filter (where s.name = 'benchmark_' || p.measure || '_year') as double) as year,
    max(s.value) filter (where s.name = 'benchmark_' || p.measure || '_sample') as sample,
    coalesce(
      max(s.value) filter (where s.name = 'benchmark_' || p.measure || '_source'),
      max(s.value) filter (where s.name = 'benchmark_source'), 'a setting of this workspace'
    ) as publisher,
    max(s.value) filter (where s.name = 'benchmark_' || p.measure || '_source') as own_publisher,
    coalesce(max(s.value) filter (where s.name = 'benchmark_' || p.measure || '_verified') = 'yes', false) as verified
  from published p
  left join settings s on starts_with(s.name, 'benchmark_')
  group by p.measure
),
told as (
  select p.measure, coalesce(g.lowest <= g.highest, false) as chosen, g.lowest as own_lowest, g.highest as own_highest,
    p.lowest, p.highest, p.meaning, cast(g.year as integer) as own_year, p.year, g.sample as own_sample, p.sample,
    g.publisher as own_publisher, g.own_publisher as named_publisher, p.publisher, g.verified
  from published p
  join given g on g.measure = p.measure
)
select measure, cast(if(chosen, own_lowest, lowest) as double) as lowest,
  cast(if(chosen, own_highest, highest) as double) as highest, if(chosen, null, meaning) as meaning,
  if(chosen, own_year, coalesce(own_year, year)) as year, if(chosen, own_sample, coalesce(own_sample, sample)) as sample,
  if(chosen, own_publisher, coalesce(named_publisher, publisher)) as publisher, verified, chosen
from told
where chosen or lowest is not null
order by measure
