-- Adoption of a feature
-- words: Share of the customers that used a feature in the last whole weeks.
-- formula: accounts that used it in the last `weeks` whole weeks / accounts that pay on the day
-- edge cases: Where no contract is loaded, the base are the accounts seen in use up to then. Letter case does not matter.
--   Use that is not known up to 28 days before the day, and a feature that nobody ever used: no row.
-- source: METRICS, usage
-- tables: usage, subscriptions, accounts
-- column day: the as-of date
-- column accounts: accounts that could
-- column adopters: those of them that did
-- column rate: share of them
create macro feature_adoption(on_days, of_feature, weeks := 4, wanted := '{}') as table
with spans as (from usage_spans(on_days)),
paying as (
  select distinct s.day, p.account_id
  from spans s
  join paying_subscriptions p on p.start_date <= s.day and p.last_open_end > s.day
),
base as (
  from paying
  union
  select s.day, u.account_id
  from spans s
  join usage_weeks u on u.week <= s.last_week
  where not exists (from paying_subscriptions)
),
users as (
  select distinct s.day, u.account_id
  from spans s
  join usage_feature_weeks u on u.week > s.last_week - 7 * weeks and u.week <= s.last_week
  where lower(trim(u.feature)) = lower(trim(of_feature))
)
select b.day, count(*) as accounts, count(u.account_id) as adopters, count(u.account_id) / nullif(count(*), 0) as rate
from base b
left join users u on u.day = b.day and u.account_id = b.account_id
where b.account_id in (from in_scope(wanted))
  and exists (from usage_feature_weeks where lower(trim(feature)) = lower(trim(of_feature)))
group by b.day
order by b.day
