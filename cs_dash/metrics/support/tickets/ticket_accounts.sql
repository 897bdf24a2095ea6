-- Account details beside tickets
-- words: Name, CSM, MRR and health of the account wherever one of its tickets is listed.
-- formula: as of the as-of date
-- edge cases: Accounts that pay nothing have an empty MRR; those that are not scored an empty band.
-- tables: accounts, subscriptions
-- column account_id: the account
-- column account: its name
-- column csm: its customer success manager (CSM)
-- column mrr: its MRR on the day
-- column band: its health: green, yellow or red
create macro ticket_accounts(as_of_day) as table
select a.account_id, coalesce(a.account, a.account_id) as account, a.csm, m.mrr, nullif(h.band, 'not scored') as band
from accounts a
left join mrr_on(cast(as_of_day as date)) m on m.account_id = a.account_id
left join health_scores([cast(as_of_day as date)]) h on h.account_id = a.account_id
