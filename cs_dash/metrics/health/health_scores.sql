-- Health score
-- words: Health of an account from 1 (worst) to 100 (best), from usage, adoption, satisfaction, support, contract and
--   CSM sentiment.
-- formula: sum(group weight x group points) / sum(group weight) over the groups present; band: red < 40 <= yellow <
--   70 <= green
-- edge cases: With less than half of the weight known the account is "not scored", never green. Only rows dated on or
--   before the day are used. Accounts that pay nothing and are not on trial are not scored.
-- source: scorecards as used by Gainsight, ChurnZero and others; weights and points of this product
-- tables: usage, surveys, tickets, subscriptions, notes, accounts
-- column day: the day
-- column account_id: the account
-- column mrr: its MRR on the day
-- column score: 1 to 100; empty where too little is known
-- column band: green, yellow, red or not scored
-- column coverage: share of the weight that is known
create macro health_scores(on_days, wanted := '{}', of_account := null) as table
with whole as (select sum(group_weight) as weight from (select distinct group_name, group_weight from health_weights)),
summed as (
  select day, account_id, round(sum(group_weight * points) / sum(group_weight), 6) as points, sum(weight_known) as weight_known
  from health_groups(on_days, wanted, of_account)
  group by day, account_id
),
covered as (
  select a.day, a.account_id, a.mrr, round(coalesce(s.weight_known, 0) / w.weight, 9) as coverage,
    greatest(1, round(s.points)) as rounded
  from scored_accounts(on_days, wanted, of_account) a
  cross join whole w
  left join summed s on s.day = a.day and s.account_id = a.account_id
)
select c.day, c.account_id, c.mrr, case when c.coverage >= l.least_coverage - 1e-9 then c.rounded end as score,
  case
    when c.coverage < l.least_coverage - 1e-9 then 'not scored'
    when c.rounded < l.red_below then 'red'
    when c.rounded < l.green_from then 'yellow'
    else 'green'
  end as band,
  c.coverage
from covered c
cross join health_limits l
