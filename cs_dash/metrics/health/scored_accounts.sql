-- Scored accounts on a day
-- words: Accounts paying on the day, and accounts on trial. Churned and future accounts are not scored.
-- formula: MRR on the day > 0, or a trial line or trial account that runs on the day
-- edge cases: Data without any paying subscription: every account that is not marked as churned by that day.
-- tables: accounts, subscriptions
-- column day: the day
-- column account_id: the account
-- column mrr: its MRR on the day; 0 on trial
create macro scored_accounts(on_days, wanted := '{}', of_account := null) as table
with days as (select unnest(on_days) as day),
paying as (
  select d.day, s.account_id, round(sum(s.mrr), 6) as mrr
  from days d
  join paying_subscriptions s on s.start_date <= d.day and s.last_open_end > d.day
  where (of_account is null or s.account_id = of_account)
  group by d.day, s.account_id
),
others as (
  select d.day, s.account_id
  from days d
  join subscriptions s on s.start_date <= d.day and coalesce(s.end_date > d.day, true)
  where s.is_trial and s.account_id is not null and (of_account is null or s.account_id = of_account)
  union
  select d.day, a.account_id
  from days d
  join accounts a on coalesce(a.signup_date <= d.day, true)
  where (a.is_trial or not exists (from paying_subscriptions))
    and case when a.churn_date is not null then a.churn_date > d.day else not coalesce(a.churned, false) end
    and (of_account is null or a.account_id = of_account)
)
select day, account_id, max(mrr) as mrr
from (
  select day, account_id, mrr from paying
  union all
  select day, account_id, 0 as mrr from others
)
where account_id in (select account_id from in_scope(wanted))
group by day, account_id
