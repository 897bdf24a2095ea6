-- Exchange rates into the reporting currency
-- words: What one unit of a currency is worth in the reporting currency, from each day until the next rate.
-- formula: as quoted; where it is quoted in another currency, rate of the currency / rate of the reporting currency,
--   both in it
-- edge cases: A crossed rate changes whenever either of its two rates changes. On one day a quoted rate takes
--   precedence over a crossed one, and of two crossed rates the one through the currency whose code comes first in
--   the alphabet. A sheet without a rate of the reporting currency gives none for rates quoted in another.
-- tables: fx_rates
-- column currency: the currency
-- column rate_on: first day the rate holds
-- column rate: worth of one unit in the reporting currency
create table reporting_rates as
with quoted as (
  select r.currency, r.rate_on, r.rate, c.currency as into_code, coalesce(r.quoted_in, c.currency, '') as base
  from fx_rates r
  cross join reporting_currency c
),
others as (
  select * from quoted where into_code is not null and base <> into_code
),
ours as (
  select base, rate_on, rate from others where currency = into_code
),
days as (
  select o.base, o.currency, o.rate_on from others o where o.currency not in (o.into_code, o.base)
  union
  select o.base, o.currency, u.rate_on from others o join ours u on u.base = o.base
  where o.currency not in (o.into_code, o.base)
),
pairs as (
  select d.base, d.currency, d.rate_on, o.rate as theirs, u.rate as ours
  from days d
  asof join others o on o.base = d.base and o.currency = d.currency and o.rate_on <= d.rate_on
  asof join ours u on u.base = d.base and u.rate_on <= d.rate_on
),
every as (
  select currency, rate_on, rate, 1 as place, base from quoted where into_code is null or base = into_code
  union all
  select base, rate_on, 1 / rate, 2, base from ours
  union all
  select currency, rate_on, theirs / ours, 3, base from pairs
)
select currency, rate_on, arg_min(rate, place || base) as rate
from every
group by currency, rate_on
order by currency, rate_on
