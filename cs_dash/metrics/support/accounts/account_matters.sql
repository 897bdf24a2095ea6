-- Main topic of an account
-- words: The topic of most tickets of an account between two days, else their product area.
-- formula: the most frequent topic, else area, of its tickets
-- edge cases: Of equally frequent ones the last in the alphabet. Ignored topics do not count. Empty where neither is
--   known.
-- tables: tickets, accounts
-- column account_id: the account
-- column about: topic or area
create macro account_matters(start_day, end_day, wanted := '{}') as table
with told as (
  select t.account_id, coalesce(case when not p.ignored then p.label end, t.product_area) as about
  from tickets_in(start_day, end_day, wanted) t
  left join ticket_topics(null) p on p.ticket_id = t.ticket_id
  where t.account_id is not null
),
counted as (select account_id, about, count(*) as tickets from told where about is not null group by account_id, about)
select account_id, arg_max(about, (tickets, about)) as about
from counted
group by account_id
