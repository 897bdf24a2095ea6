-- MRR of one account on several days
-- words: What an account pays a month on each day.
-- formula: sum(mrr) over its lines active on the day
-- edge cases: Before its first paying day: no row. After it stopped paying: 0.
-- tables: subscriptions
-- column day: the day
-- column mrr: its MRR
create macro account_mrr(of_account, on_days) as table
with days as (select unnest(on_days) as day)
select d.day, s.mrr
from days d
join mrr_spells s on s.account_id = of_account and s.starts <= d.day and s.ends > d.day
order by d.day
