-- Seats on a day
-- words: Seats of an account on a day: of its active contract lines, else of its own row.
-- formula: sum(seats) over the lines active on the day
-- edge cases: No row where neither states seats.
-- tables: subscriptions, accounts
-- column day: the day
-- column account_id: the account
-- column seats: seats
create macro seats_on(on_days, of_account := null) as table
with days as (select unnest(on_days) as day),
lined as (
  select d.day, s.account_id, sum(s.seats) as seats
  from days d
  join subscriptions s on s.start_date <= d.day and coalesce(s.end_date > d.day, true)
  where s.account_id is not null and s.seats > 0 and (of_account is null or s.account_id = of_account)
  group by d.day, s.account_id
)
select d.day, a.account_id, coalesce(l.seats, a.seats) as seats
from days d
cross join accounts a
left join lined l on l.day = d.day and l.account_id = a.account_id
where coalesce(l.seats, a.seats) > 0 and (of_account is null or a.account_id = of_account)
