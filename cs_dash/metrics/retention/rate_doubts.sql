-- Lines that keep the rate of their start
-- words: Paying lines in another currency than the reporting one whose own amounts are not known, so that no rate moves them.
-- tables: subscriptions, fx_rates
-- column lines: how many pay on the as-of date
-- column mrr: their MRR
create macro rate_doubts(as_of_day, reporting) as table
select count(*) as lines, round(coalesce(sum(p.mrr), 0), 6) as mrr
from active_on(cast(as_of_day as date)) p
join subscriptions s on s.subscription_id = p.subscription_id
where s.currency <> reporting and coalesce(s.fx_rate, 0) <= 0
