-- Customer lifetime value
-- words: Expected gross profit from an account until it churns, if churn continues as in the last 12 months.
-- formula: MRR per paying account x gross margin / monthly logo churn, with monthly logo churn = churned accounts month
--   by month / accounts paying at the start of each month; at most 60 months are counted
-- edge cases: Empty with fewer than 10 churned accounts in the 12 months: too few for an estimate. The gross margin
--   is the setting gross_margin (a share from 0 to 1); without it 80 % is assumed, which the figure states.
-- source: Skok, SaaS Metrics 2.0, for the formula; the cap of 60 months keeps a low churn from promising decades
-- tables: subscriptions, accounts
-- column looked_from: the as-of date; its last 12 months give the churn
-- column lifetime_value: money an account brings
-- column arpa: MRR per paying account on the day
-- column margin: the gross margin taken, a share
-- column margin_chosen: the margin is a setting of this workspace; if not, it is assumed
-- column monthly_churn: share of the paying accounts that leave in a month
-- column left_by_month: churned accounts in the 12 months
-- column account_months: accounts paying at the start of each of the months, added up
-- column lifetime: months that are counted, at most 60
create macro lifetime_value(as_of_days, wanted := '{}') as table
with days as (
  select distinct cast(looked_from as date) as looked_from from (select unnest(as_of_days) as looked_from)
),
years as (
  select looked_from,
    case when looked_from = last_day(looked_from) then last_day(looked_from - interval 12 month)
      else cast(looked_from - interval 12 month as date) end as year_before
  from days
),
setting as (
  select max(try_cast(value as double)) as given from settings
  where name = 'gross_margin' and try_cast(value as double) between 0 and 1
),
churned as (
  select y.looked_from, w.arpa, w.left_by_month, w.account_months, coalesce(s.given, 0.8) as margin,
    s.given is not null as margin_chosen, w.left_by_month / nullif(w.account_months, 0) as monthly_churn
  from retention_windows(
    (select list(year_before order by looked_from) from years), (select list(looked_from order by looked_from) from years),
    wanted
  ) w
  join years y on y.looked_from = w.window_end
  cross join setting s
)
select
  looked_from,
  case when left_by_month >= 10 then arpa * margin * least(1 / nullif(monthly_churn, 0), 60) end as lifetime_value,
  arpa, margin, margin_chosen, monthly_churn, left_by_month, account_months,
  least(1 / nullif(monthly_churn, 0), 60) as lifetime
from churned
order by looked_from
