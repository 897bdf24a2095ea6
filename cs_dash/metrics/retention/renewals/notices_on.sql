-- Known future churn
-- words: Accounts that gave notice and still pay: the MRR that will churn, and the date.
-- formula: MRR of the account's lines that end on a day to come - MRR of its lines that begin on that day, at least 0
-- edge cases: MRR due for renewal is not included. As of a past day, it includes notices that became known later.
-- source: this product
-- tables: subscriptions, accounts
-- column account_id: the account
-- column account: its name
-- column csm: its customer success manager (CSM)
-- column ends_on: the first unpaid day
-- column mrr: MRR that will leave
create macro notices_on(as_of_day, wanted := '{}') as table
with leaving as (
  select account_id, end_date as ends_on, sum(mrr) as mrr from lines_under_notice(as_of_day) group by account_id, end_date
),
begun as (
  select account_id, start_date, sum(mrr) as mrr from paying_subscriptions group by account_id, start_date
)
select l.account_id, coalesce(a.account, l.account_id) as account, a.csm, l.ends_on, round(l.mrr - coalesce(b.mrr, 0), 6) as mrr
from leaving l
left join begun b on b.account_id = l.account_id and b.start_date = l.ends_on
left join accounts a on a.account_id = l.account_id
where round(l.mrr - coalesce(b.mrr, 0), 6) > 0 and l.account_id in (select account_id from in_scope(wanted))
order by l.ends_on, l.account_id
