-- A line whose dates were assumed ends when its account left; the two facts may come from two files.
update subscriptions as t set end_date = e.churned_on
from (
  select account_id, min(churned_on) as churned_on
  from churn_events where coalesce(lower(scope), 'full') not in ('downsell', 'partial', 'contraction') group by account_id
) e
where t.assumed and t.account_id = e.account_id and (t.end_date is null or t.end_date > e.churned_on)
  and (t.gone_by is null or e.churned_on > t.start_date);

-- The lines of a list of contracts that says nothing of ends or states, as many have them, end likewise: on the day of
-- the event, or by it where that day was assumed. Lines made of payments are left alone: what was paid is known of them.
update subscriptions as t set
  end_date = case when e.assumed then null else e.churned_on end,
  gone_by = case when e.assumed then e.churned_on end, assumed = coalesce(t.assumed, false) or e.assumed
from (
  select s.subscription_id, min(c.churned_on) as churned_on, arg_min(coalesce(c.assumed, false), c.churned_on) as assumed
  from subscriptions s join churn_events c on c.account_id = s.account_id
    and (c.churned_on > s.start_date or (c.assumed and c.churned_on = s.start_date))
  where coalesce(lower(c.scope), 'full') not in ('downsell', 'partial', 'contraction')
  group by s.subscription_id
) e
where t.subscription_id = e.subscription_id and t.end_date is null and not exists (from contract_pieces)
  and t._upload in (
    select l._upload from subscriptions l
    group by l._upload
    having count(coalesce(l.status, l.standing)) = 0 and count(l.notice_on) = 0 and count(*) filter (
      coalesce(l.end_date, l.gone_by) is not null and not exists (
        from churn_events c where c.account_id = l.account_id and c.churned_on = coalesce(l.end_date, l.gone_by)
      )
    ) = 0
  );
