-- Accounts of a cohort
-- words: The accounts of one cohort, and what each pays at the cell's month end.
-- formula: left: pays nothing then; came back: pays then, and paid nothing at the end of a month before; else grew,
--   shrank or stayed, by its MRR then against that of its first paying day
-- edge cases: The counts add up to the cell: stayed + grew + shrank + came back = active, and with those who left =
--   size. A gap inside one month is no churn, just as in the revenue bridge.
-- source: common usage of cohort triangles
-- tables: subscriptions, accounts
-- column account_id: the account
-- column account: its name, else its id
-- column became: stayed, grew, shrank, came back or left
-- column first_day: its first paying day
-- column left_on: the first unpaid day, where it left before that day
-- column mrr_start: MRR on its first paying day
-- column mrr_then: MRR on the as-of date; 0 where it pays nothing
create macro cohort_accounts(cohort_start, cohort_end, cell_day, wanted := '{}') as table
with members as (
  select account_id, first_day, round(first_mrr, 6) as mrr_start
  from first_paying_days
  where first_day >= cast(cohort_start as date) and first_day < cast(cohort_end as date)
    and first_day <= cast(cell_day as date) and account_id in (select account_id from in_scope(wanted))
),
found as (
  select m.account_id, coalesce(a.account, m.account_id) as account, m.first_day, t.left_on, m.mrr_start, coalesce(p.mrr, 0) as mrr_then
  from members m
  join account_tenures(cell_day) t on t.account_id = m.account_id
  left join mrr_on(cast(cell_day as date)) p on p.account_id = m.account_id
  left join accounts a on a.account_id = m.account_id
)
select
  account_id, account,
  case
    when mrr_then = 0 then 'left'
    when left_on is not null then 'came back'
    when mrr_then > mrr_start then 'grew'
    when mrr_then < mrr_start then 'shrank'
    else 'stayed'
  end as became,
  first_day, left_on, mrr_start, mrr_then
from found
order by mrr_then - mrr_start, mrr_start desc, account_id
