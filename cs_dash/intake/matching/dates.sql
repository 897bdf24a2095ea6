-- A line whose dates were assumed ends when its account left; the two facts may come from two files.
update subscriptions as t set end_date = e.churned_on
from (
  select account_id, min(churned_on) as churned_on
  from churn_events where coalesce(lower(scope), 'full') not in ('downsell', 'partial', 'contraction') group by account_id
) e
where t.assumed and t.account_id = e.account_id and (t.end_date is null or t.end_date > e.churned_on)
  and (t.gone_by is null or e.churned_on > t.start_date);
