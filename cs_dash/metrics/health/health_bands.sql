-- Health bands
-- words: Accounts and MRR that are green, yellow, red and not scored, on each day.
-- formula: count and sum of MRR of the scored accounts by band
-- edge cases: A band without accounts has no row. Accounts on trial count with no revenue.
-- tables: usage, surveys, tickets, subscriptions, notes, accounts
-- column day: the day
-- column band: green, yellow, red or not scored
-- column accounts: accounts
-- column mrr: their MRR
create macro health_bands(on_days, wanted := '{}') as table
select day, band, count(*) as accounts, round(sum(mrr), 6) as mrr
from health_scores(on_days, wanted)
group by day, band
order by day, band
