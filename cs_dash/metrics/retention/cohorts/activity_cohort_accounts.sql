-- Accounts of an activity cohort
-- words: The accounts that first used the product in one month (or quarter), and whether they used it in a later one.
-- formula: silent: no use then; came back: used then, but not in every one between; else active throughout
-- edge cases: The counts add up to the cell: active throughout + came back = active, and with the silent = size.
-- source: common usage of cohort triangles
-- tables: usage, accounts
-- column account_id: the account
-- column account: its name, else its id
-- column became: active throughout, came back or silent
-- column first_day: the day of its first use
-- column last_day: the day of its last use up to the end of the cell
create macro activity_cohort_accounts(grain, cohort_start, cell_start, cell_day, wanted := '{}') as table
with used as (
  select account_id, used_on, cast(date_trunc(grain, used_on) as date) as period
  from usage
  where account_id is not null and used_on <= cast(cell_day as date)
    and account_id in (select account_id from in_scope(wanted))
),
members as (
  select account_id, min(used_on) as first_day, max(used_on) as last_day, count(distinct period) as periods,
    max(period) = cast(cell_start as date) as active
  from used
  group by account_id
  having min(period) = cast(cohort_start as date)
)
select
  m.account_id, coalesce(a.account, m.account_id) as account,
  case
    when not m.active then 'silent'
    when m.periods = date_diff(grain, cast(cohort_start as date), cast(cell_start as date)) + 1 then 'active throughout'
    else 'came back'
  end as became,
  m.first_day, m.last_day
from members m
left join accounts a on a.account_id = m.account_id
order by m.last_day, m.account_id
