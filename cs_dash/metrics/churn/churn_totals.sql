-- Churn events in a period
-- words: The number of churn events in a period and the MRR lost.
-- edge cases: Revenue is empty where no event has a known loss. Downsells are counted too.
-- tables: churn_events, subscriptions, accounts
-- column window_start: the period's first day; empty: since the beginning
-- column window_end: the first day after the period; empty: no end
-- column looked_from: the as-of date
-- column events: churn events, downsells included
-- column downsells: downsells
-- column mrr_lost: MRR lost
create macro churn_totals(start_days, end_days, as_of_days, wanted := '{}') as table
select
  w.window_start, w.window_end, w.looked_from,
  count(l.churn_id) as events, count(*) filter (where not l.is_full) as downsells, round(sum(l.mrr_lost), 6) as mrr_lost
from churn_windows(start_days, end_days, as_of_days) w
left join churn_losses(start_days, end_days, as_of_days, wanted) l
  on w.window_start is not distinct from l.window_start and w.window_end is not distinct from l.window_end
  and w.looked_from = l.looked_from
group by w.window_start, w.window_end, w.looked_from
order by w.window_end, w.window_start, w.looked_from
