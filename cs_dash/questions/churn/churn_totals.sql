-- Churn events of a period
-- words: How many churn events a period has, and the revenue that was lost with them.
-- edge cases: Revenue is empty where no event has a known loss. Downsells are counted too.
-- tables: churn_events, subscriptions, accounts
-- column events: churn events, downsells included
-- column downsells: those in which the account only shrank
-- column mrr_lost: revenue a month that was lost
create macro churn_totals(start_day, end_day, as_of_day, wanted := '{}') as table
select count(*) as events, count(*) filter (where not is_full) as downsells, round(sum(mrr_lost), 6) as mrr_lost
from churn_losses(start_day, end_day, as_of_day, wanted)
