-- Quick ratio
-- words: MRR gained for each unit of MRR lost, over the months of the window.
-- formula: (new + expansion + reactivation) / (contraction + churn), each month's movements added up
-- edge cases: Without losses: empty, with a note.
-- source: Mamoon Hamid (Social Capital), SaaS quick ratio; reactivation counts as won
-- tables: subscriptions, accounts
-- column quick_ratio: units won for one lost
-- column gains: MRR won
-- column losses: MRR lost
create macro quick_ratio(start_day, end_day, wanted := '{}') as table
select quick as quick_ratio, gains, losses
from retention_windows([cast(start_day as date)], [cast(end_day as date)], wanted)
