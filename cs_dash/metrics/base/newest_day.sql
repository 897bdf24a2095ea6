-- Newest day of the facts
-- words: The last day anything is known of: the default day to look from. Today's clock plays no part.
-- edge cases: Days after the load are plans, not facts, and left out. Ends of contracts count only where there are no other facts.
--   What sheets of months or of invoices tell of payments counts to the last month they tell.
-- tables: subscriptions, usage, tickets, churn_events, surveys, notes
create view newest_day as
with loaded as (select coalesce(max(loaded_on), current_date) as day from load_reports),
facts as (
  select max(last_day) as day from usage_weeks
  union all select max(cast(created_at as date)) from tickets, loaded where cast(created_at as date) <= loaded.day
  union all select max(churned_on) from churn_events, loaded where churned_on <= loaded.day
  union all select max(answered_on) from surveys, loaded where answered_on <= loaded.day
  union all select max(noted_on) from notes, loaded where noted_on <= loaded.day
  union all
  select max(case when kind in ('invoice', 'movement') then starts else least(last_day(starts), loaded.day) end)
  from contract_pieces, loaded where starts <= loaded.day
),
contracts as (
  select max(start_date) as day from subscriptions, loaded where start_date <= loaded.day
  union all
  select max(end_date) - 1 from subscriptions, loaded
  where end_date <= loaded.day and (select max(day) from facts) is null
)
select cast(case when max(day) is not null then least(max(day), (select day from loaded)) end as date) as newest_day
from (from facts union all from contracts)
