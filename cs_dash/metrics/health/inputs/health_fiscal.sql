-- Health input: commercial
-- words: Change in MRR over half a year, and days to the next renewal.
-- formula: contract_trend = MRR / MRR 180 days before, or on the first paying day if that is later
-- edge cases: Accounts that pay nothing on the day have no trend. No renewal date: missing.
-- tables: subscriptions, accounts
-- column day: the as-of date
-- column account_id: the account
-- column input: contract_trend or renewal_distance
-- column raw: its value
-- column now_value: MRR on the day, or days until the renewal
-- column before_value: MRR then, or empty
create macro health_fiscal(on_days, of_account := null) as table
with days as (select unnest(on_days) as day),
compared as (
  select d.day, f.account_id, greatest(d.day - 180, f.first_day) as then_day
  from days d
  join first_paying_days f on f.first_day <= d.day
  where (of_account is null or f.account_id = of_account)
),
sums as (
  select c.day, c.account_id,
    sum(s.mrr) filter (where s.start_date <= c.day and s.last_open_end > c.day) as mrr,
    sum(s.mrr) filter (where s.start_date <= c.then_day and s.last_open_end > c.then_day) as mrr_then
  from compared c
  join paying_subscriptions s on s.account_id = c.account_id
  group by c.day, c.account_id
)
select day, account_id, 'contract_trend' as input, mrr / nullif(mrr_then, 0) as raw, mrr as now_value,
  mrr_then as before_value
from sums
where mrr > 0
union all
select day, account_id, 'renewal_distance' as input, renewal_on - day as raw, renewal_on - day as now_value,
  null as before_value
from renewals_on(on_days, of_account)
