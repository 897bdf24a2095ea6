-- Next renewal from a day
-- words: The next renewal on or after a day.
-- formula: the earliest renewal date of the running lines, else the account's; moved back by whole terms while it
--   lies more than a term ahead
-- edge cases: Past renewal dates are ignored. A line without a term counts as yearly.
-- tables: subscriptions, accounts
-- column day: the day
-- column account_id: the account
-- column renewal_on: the next renewal
-- column shown_on: the day as it was stated, where it is looked at from the latest day of the facts; else the next
--   renewal
create macro renewals_on(on_days, of_account := null) as table
with days as (select unnest(on_days) as day),
stated as (
  select d.day, s.account_id, s.renewal_date, greatest(1, cast(coalesce(s.term_months, 12) as integer)) as term, 1 as rank
  from days d
  join subscriptions s on s.start_date <= d.day and coalesce(s.end_date > d.day, true)
  where s.account_id is not null and s.renewal_date >= d.day and not coalesce(s.is_trial, false)
    and (of_account is null or s.account_id = of_account)
  union all
  select d.day, a.account_id, a.renewal_date, 12 as term, 2 as rank
  from days d
  join accounts a on a.renewal_date >= d.day
  where (of_account is null or a.account_id = of_account)
),
moved as (
  select day, account_id, rank, renewal_date,
    cast(renewal_date - to_months(cast(term * (datesub('month', day, renewal_date) // term) as integer)) as date) as renewal_on
  from stated
)
select day, account_id, arg_min(renewal_on, rank * 100000 + date_diff('day', day, renewal_on)) as renewal_on,
  case when day >= (select newest_day from newest_day) then arg_min(renewal_date, rank * 100000 + date_diff('day', day, renewal_date))
    else arg_min(renewal_on, rank * 100000 + date_diff('day', day, renewal_on)) end as shown_on
from moved
group by day, account_id
