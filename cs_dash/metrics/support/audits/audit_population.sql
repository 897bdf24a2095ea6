-- Audited population
-- words: Tickets of the period, their how-to scores, how many the audit could have sampled, and how many have a
--   predicted category.
-- formula: counts, mean and variance of the scores
-- edge cases: Without tickets the mean is empty.
-- tables: tickets
-- column tickets: tickets of the period
-- column mean: mean score
-- column variance: variance of the scores, divided by their number
-- column inside: tickets of the days that the audit was drawn from
-- column guessed: tickets whose category comes from the model or the lexicon
-- column with_kind: categorised tickets
-- column suggested: those of them whose category only the lexicon suggests
create macro audit_population(start_day, end_day, drawn_from, drawn_to, wanted := '{}') as table
select
  count(*) as tickets, avg(score) as mean, var_pop(score) as variance,
  count(*) filter (
    where (cast(drawn_from as date) is null or created_on >= cast(drawn_from as date))
      and (cast(drawn_to as date) is null or created_on < cast(drawn_to as date))
  ) as inside,
  count(*) filter (where source in ('model', 'lexicon')) as guessed, count(kind) as with_kind,
  count(kind) filter (where source = 'lexicon') as suggested
from howto_scores(start_day, end_day, wanted)
