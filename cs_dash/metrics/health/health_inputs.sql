-- Inputs of the health score
-- words: Each input of an account's health score on a day, with its points and weight.
-- formula: points = straight line between the stated pairs
-- edge cases: Only rows dated on or before the day are used, so that yesterday's score can be computed today. An
--   input that is missing has no row.
-- tables: usage, surveys, tickets, subscriptions, notes, accounts
-- column day: the day
-- column account_id: the account
-- column mrr: its MRR on the day
-- column input: the input
-- column raw: raw value
-- column now_value: what is compared, now
-- column before_value: what it is compared with
-- column points: 0 to 100
create macro health_inputs(on_days, wanted := '{}', of_account := null) as table
with known as (
  from health_usage(on_days, of_account)
  union all from health_adoption(on_days, of_account)
  union all from health_satisfaction(on_days, of_account)
  union all from health_support(on_days, of_account)
  union all from health_fiscal(on_days, of_account)
  union all from health_pulse(on_days, of_account)
),
wanted_only as (
  select a.day, a.account_id, a.mrr, k.input, cast(k.raw as double) as raw, cast(k.now_value as double) as now_value,
    cast(k.before_value as double) as before_value
  from scored_accounts(on_days, wanted, of_account) a
  join known k on k.day = a.day and k.account_id = a.account_id
  where k.raw is not null
)
select w.day, w.account_id, w.mrr, w.input, w.raw, w.now_value, w.before_value,
  p.points + greatest(w.raw - p.raw, 0) * p.slope as points
from wanted_only w
join health_points p on p.input = w.input and w.raw >= p.at_least and w.raw < p.below
