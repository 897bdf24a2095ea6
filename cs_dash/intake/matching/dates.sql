-- A line whose dates were assumed ends when its account left; the two facts may come from two files.
update subscriptions as t set end_date = e.churned_on
from (
  select account_id, min(churned_on) as churned_on
  from churn_events where coalesce(lower(scope), 'full') not in ('downsell', 'partial', 'contraction') group by account_id
) e
where t.assumed and t.account_id = e.account_id and (t.end_date is null or t.end_date > e.churned_on)
  and (t.gone_by is null or e.churned_on > t.start_date);

-- The lines of a list of contracts that has no column of ends or states, as many have none, stop paying likewise: on the
-- day of the event, which may be assumed. Their `end_date` stays empty, so that the same list again changes nothing.
update subscriptions as t set gone_by = e.churned_on, assumed = coalesce(t.assumed, false) or e.assumed
from (
  select s.subscription_id, min(c.churned_on) as churned_on, arg_min(coalesce(c.assumed, false), c.churned_on) as assumed
  from subscriptions s join churn_events c on c.account_id = s.account_id
    and (c.churned_on > s.start_date or (c.assumed and c.churned_on = s.start_date))
  where s.ends_unstated and coalesce(lower(c.scope), 'full') not in ('downsell', 'partial', 'contraction')
  group by s.subscription_id
) e
where t.subscription_id = e.subscription_id;
