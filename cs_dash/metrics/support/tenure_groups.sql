-- Tenure groups
-- words: Time as a customer when something happened: from the first paying day, else the signup.
-- formula: from_day <= days since the start < to_day
-- edge cases: The day of the start is day 0, so the first 90 days are days 0 to 89. What came before is a group of
--   its own.
-- tables: tickets, accounts, subscriptions
-- column place: the group's order among the others
-- column group_name: its name
-- column from_day: first day since the start
-- column to_day: first day after the group
create view tenure_groups as
select place, group_name, from_day, to_day
from (
  values (0, 'before the start', -1000000, 0), (1, 'first 30 days', 0, 30), (2, 'days 31-90', 30, 90),
    (3, 'days 91-180', 90, 180), (4, 'days 181-365', 180, 365), (5, 'later', 365, 1000000)
) groups(place, group_name, from_day, to_day)
