-- Month ends up to a day
-- words: The last day of every month since the first paid subscription; the month of the as-of date ends on that
--   date.
-- tables: subscriptions
-- column month: first day of the month
-- column day: the day its balance is looked at
-- column final: the month has ended by the as-of date
create macro month_ends(as_of_day) as table
select
  cast(first_day as date) as month,
  least(last_day(first_day), cast(as_of_day as date)) as day,
  last_day(first_day) <= cast(as_of_day as date) as final
from (
  select unnest(generate_series(
    date_trunc('month', (select min(start_date) from paying_subscriptions)),
    date_trunc('month', cast(as_of_day as date)),
    interval 1 month
  )) as first_day
)
