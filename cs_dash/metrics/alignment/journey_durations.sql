-- Durations of the journey's steps
-- words: How many accounts took how many days from one touchpoint to the next, or from signing to any later one.
-- formula: rows of the days between touchpoints, counted
-- tables: milestones, accounts, subscriptions, usage
-- column from_touchpoint: the touchpoint that the step starts with
-- column from_place: its place in the journey
-- column touchpoint: where it leads
-- column place: its place
-- column is_next: it is the next one; false for a later one, from signing
-- column days: days, or days so far; empty where it was skipped
-- column is_reached: these accounts made the step
-- column is_skipped: they went on without it
-- column has_left: they left before
-- column pays: they pay on the as-of date
-- column accounts: how many accounts
-- column mrr: their MRR on the as-of date
create macro journey_durations(as_of_day, wanted := '{}') as table
select from_touchpoint, from_place, touchpoint, place, is_next, days, is_reached, is_skipped, has_left,
  mrr is not null as pays, count(*) as accounts, round(sum(mrr), 6) as mrr
from journey_steps(as_of_day, wanted)
group by all
order by place, is_next, days, is_reached, is_skipped, has_left, pays
