-- Health bands by group of accounts
-- words: Accounts and revenue by band for each value of a dimension, on each day asked for.
-- formula: count and sum of MRR by band and value
-- tables: usage, surveys, tickets, subscriptions, notes, accounts
-- column day: the day
-- column value: value of the dimension
-- column accounts: scored accounts
-- column mrr: their MRR
-- column red_accounts: red accounts
-- column red_mrr: MRR of red accounts
create macro bands_by_group(by_field, on_days, wanted := '{}') as table
select s.day, d.value, count(*) as accounts, sum(s.mrr) as mrr, count(*) filter (where s.band = 'red') as red_accounts,
  coalesce(sum(s.mrr) filter (where s.band = 'red'), 0) as red_mrr
from health_scores(on_days, wanted) s
join account_dimensions d on d.account_id = s.account_id and d.field = by_field
group by s.day, d.value
order by s.day, d.value
