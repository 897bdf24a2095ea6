-- Limits of the health bands
-- words: The score below which an account is red, from which it is green, and the data coverage needed for a score.
-- formula: red < red_below <= yellow < green_from <= green
-- edge cases: Settings health_red_below, health_green_from and health_least_coverage replace the defaults.
-- source: this product
-- tables: accounts
-- column red_below: scores below are red
-- column green_from: scores from here on are green
-- column least_coverage: below this share of the weight an account is not scored
create table health_limits as
select
  coalesce((select try_cast(value as double) from settings where name = 'health_red_below'), 40) as red_below,
  coalesce((select try_cast(value as double) from settings where name = 'health_green_from'), 70) as green_from,
  coalesce((select try_cast(value as double) from settings where name = 'health_least_coverage'), 0.5) as least_coverage
