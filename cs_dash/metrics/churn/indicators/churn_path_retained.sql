-- Retained accounts compared with churned ones
-- words: The retained accounts of the same segment and tenure that churned accounts are compared with at each of the
--   month ends before churn, and how much each counts, for one measure.
-- formula: weight = sum over the churned accounts that it is compared with of 1 / (retained accounts like that one x
--   churned accounts); sum(weight x value) is the mean of the retained accounts in the leading indicators of churn
-- edge cases: An account is compared at several month ends where churned accounts left in several months: its value
--   is the weighted mean over them. Filters apply to churned accounts; similar accounts may be outside the filter.
-- source: matched comparison; segment as in the accounts file, tenure in bands
-- tables: churn_events, usage, surveys, tickets, subscriptions, notes, accounts
-- column month_before: -1 to -6: the last, second last ... month end before the churn date
-- column account_id: the retained account
-- column segment: its segment
-- column value: its value, the weighted mean over its month ends
-- column month_ends: month ends at which it is compared
-- column matched: churned accounts that it is compared with
-- column weight: its weight in the mean; all weights of a month add up to 1
create macro churn_path_retained(on_days, start_day, end_day, as_of_day, of_measure, wanted := '{}') as table
with pairs as (
  select month_before, day, segment, tenure, stayed_accounts, count(*) as churned_accounts
  from churn_path(on_days, start_day, end_day, as_of_day)
  where measure = of_measure and account_id in (select account_id from in_scope(wanted))
  group by month_before, day, segment, tenure, stayed_accounts
),
totals as (
  select month_before, sum(churned_accounts) as churned_accounts from pairs group by month_before
),
compared as (
  select p.month_before, i.account_id, i.segment, i.day, i.value, p.churned_accounts,
    p.churned_accounts / p.stayed_accounts / t.churned_accounts as part
  from pairs p
  join totals t on t.month_before = p.month_before
  join churn_inputs(on_days) i on i.day = p.day and i.segment = p.segment and i.tenure = p.tenure
  where i.measure = of_measure and i.account_id in (select account_id from churn_stayed(as_of_day))
)
select month_before, account_id, min(segment) as segment, sum(part * value) / sum(part) as value,
  count(distinct day) as month_ends, cast(sum(churned_accounts) as bigint) as matched, sum(part) as weight
from compared
group by month_before, account_id
order by month_before, weight desc, account_id
