-- Churn reasons
-- words: Churn events and MRR lost by reason.
-- formula: share = events with the reason / all events of the period
-- edge cases: One main reason per event, so that the shares add up to 100 %. An account with several events counts once
--   in each of its reasons. Revenue is empty where no event has a known loss.
-- source: the recorded reasons; the taxonomy is this product's own and can be read on the Definitions page
-- tables: churn_events, subscriptions, accounts
-- column reason: the reason as recorded, or its category
-- column category: the file's own group, else the taxonomy; the most frequent one
-- column events: churn events that name it
-- column accounts: distinct accounts
-- column mrr_lost: MRR lost
-- column share: share of all events of the period
-- column taxonomy: its place in the taxonomy; the most frequent one
-- column downsells: downsells
create macro churn_reasons(start_day, end_day, as_of_day, grouping_level, kinds, wanted := '{}') as table
select
  reason, mode(category order by category) as category, count(*) as events, count(distinct account_id) as accounts,
  round(sum(mrr_lost), 6) as mrr_lost, count(*) / sum(count(*)) over () as share, mode(taxonomy order by taxonomy) as taxonomy,
  count(*) filter (where not is_full) as downsells
from churn_reason_events(start_day, end_day, as_of_day, grouping_level, kinds, wanted)
group by reason
order by events desc, mrr_lost desc nulls last, reason
