-- Priorities
-- words: Scored accounts with what is needed to decide whom to contact first.
-- formula: expected need = MRR x (100 - score) / 100, so that a large account that is slipping comes before a small
--   red one
-- edge cases: Accounts that are not scored have no need that could be computed, and come last.
-- tables: usage, surveys, tickets, subscriptions, notes, accounts
-- column account_id: the account
-- column account: its name
-- column score: health score, 1 to 100
-- column band: its band
-- column change_28d: change of the score in 28 days
-- column mrr: its MRR
-- column renewal_date: its next renewal
-- column csm: its customer success manager (CSM)
-- column need: MRR x (100 - score) / 100
create macro act_on(as_of_day, wanted := '{}') as table
with scores as (
  select account_id,
    any_value(score) filter (where day = newest) as score, any_value(band) filter (where day = newest) as band,
    any_value(mrr) filter (where day = newest) as mrr, any_value(score) filter (where day < newest) as score_before
  from (
    select *, max(day) over () as newest
    from health_scores([cast(as_of_day as date), cast(as_of_day as date) - 28], wanted)
  )
  group by account_id
)
select s.account_id, c.account, s.score, s.band, s.score - s.score_before as change_28d, s.mrr, c.renewal_date, c.csm,
  s.mrr * (100 - s.score) / 100 as need
from scores s
join health_cards(as_of_day, wanted) c on c.account_id = s.account_id
where s.band is not null
order by need desc nulls last, s.account_id
