-- Overdue renewals
-- words: Accounts whose stated renewal date is past while they still pay.
-- formula: MRR of the account's lines whose renewal is overdue, by day
-- edge cases: As for contract lines with an overdue renewal.
-- source: this product
-- tables: subscriptions, accounts
-- column account_id: the account
-- column account: its name
-- column csm: its customer success manager (CSM)
-- column due_on: the stated day
-- column due: MRR that was due then
-- column told_by: what states the day: line or account
create macro renewals_overdue(as_of_day, wanted := '{}') as table
select o.account_id, coalesce(any_value(a.account), o.account_id) as account, any_value(a.csm) as csm, o.due_on,
  round(sum(o.mrr), 6) as due, min(o.told_by) as told_by
from lines_overdue(as_of_day) o
left join accounts a on a.account_id = o.account_id
where o.account_id in (select account_id from in_scope(wanted))
group by o.account_id, o.due_on
order by o.due_on, o.account_id
