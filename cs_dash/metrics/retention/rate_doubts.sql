-- Contract lines at their starting rate
-- words: Paying contract lines in another currency whose original amount is unknown, so that rates do not move them.
-- tables: subscriptions, fx_rates
-- column lines: how many pay on the as-of date
-- column mrr: their MRR
create macro rate_doubts(as_of_day, reporting) as table
select count(*) as lines, round(coalesce(sum(p.mrr), 0), 6) as mrr
from active_on(cast(as_of_day as date)) p
join subscriptions s on s.subscription_id = p.subscription_id
where s.currency <> reporting and coalesce(s.fx_rate, 0) <= 0
