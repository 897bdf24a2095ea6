-- Accounts on their way to the next touchpoint
-- words: Where in the journey each account is that has not reached the next touchpoint, and for how long.
-- tables: milestones, accounts, subscriptions, usage
-- column account_id: the account
-- column account: its name
-- column csm: its customer success manager (CSM)
-- column mrr: its MRR on the as-of date
-- column from_touchpoint: the touchpoint that it reached
-- column touchpoint: the next one
-- column place: the place of that
-- column since: the day on which it reached the first
-- column days: days so far
create macro journey_waiting(as_of_day, wanted := '{}') as table
select account_id, account, csm, mrr, from_touchpoint, touchpoint, place, since, days
from journey_steps(as_of_day, wanted)
where is_waiting and is_next
order by mrr desc nulls last, days desc, account_id
