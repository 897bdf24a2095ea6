-- Retained accounts compared with churned ones
-- words: The retained accounts of the same segment and tenure that churned accounts are compared with at one of the
--   month ends before churn, and how much each counts.
-- formula: weight = sum over the churned accounts that it is compared with of 1 / (retained accounts like that one x
--   churned accounts); sum(weight x value) is the mean of the retained accounts in the leading indicators of churn
-- edge cases: An account is compared at several month ends where churned accounts left in several months: its value is
--   the weighted mean over them. The filters choose churned accounts; those that are like them may be outside.
-- source: matched comparison; segment as in the accounts file, tenure in bands
-- tables: churn_events, usage, surveys, tickets, subscriptions, notes, accounts
-- column account_id: the retained account
-- column segment: its segment
-- column value: its value, the weighted mean over its month ends
-- column month_ends: month ends at which it is compared
-- column matched: churned accounts that it is compared with
-- column weight: its weight in the mean; all weights add up to 1
create macro churn_path_retained(on_days, start_day, end_day, as_of_day, of_measure, steps_back, wanted := '{}') as table
with pairs as (
  select day, segment, tenure, stayed_accounts, count(*) as churned_accounts
  from churn_path(on_days, start_day, end_day, as_of_day)
  where measure = of_measure and month_before = -steps_back and account_id in (select account_id from in_scope(wanted))
  group by day, segment, tenure, stayed_accounts
),
compared as (
  select i.account_id, i.segment, i.day, i.value, p.churned_accounts,
    p.churned_accounts / p.stayed_accounts / (select sum(churned_accounts) from pairs) as part
  from pairs p
  join churn_inputs(on_days) i on i.day = p.day and i.segment = p.segment and i.tenure = p.tenure
  where i.measure = of_measure and i.account_id in (select account_id from churn_stayed(as_of_day))
)
select account_id, min(segment) as segment, sum(part * value) / sum(part) as value, count(distinct day) as month_ends,
  cast(sum(churned_accounts) as bigint) as matched, sum(part) as weight
from compared
group by account_id
order by weight desc, account_id
