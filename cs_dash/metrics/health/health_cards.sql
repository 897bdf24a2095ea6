-- Key facts of scored accounts
-- words: Name, CSM, MRR and next renewal of every account scored on the day.
-- edge cases: An account without a name is called by its id.
-- tables: accounts, subscriptions
-- column account_id: the account
-- column account: its name
-- column csm: its customer success manager (CSM)
-- column mrr: its MRR on the day
-- column renewal_date: its next renewal; where that is overdue, the day that was stated
create macro health_cards(on_day, wanted := '{}') as table
select s.account_id, coalesce(a.account, s.account_id) as account, a.csm, s.mrr,
  coalesce(r.shown_on, o.due_on) as renewal_date
from scored_accounts([cast(on_day as date)], wanted) s
join accounts a on a.account_id = s.account_id
left join renewals_on([cast(on_day as date)]) r on r.account_id = s.account_id
left join (select account_id, min(due_on) as due_on from lines_overdue(on_day) group by account_id) o
  on o.account_id = s.account_id
order by s.account_id
