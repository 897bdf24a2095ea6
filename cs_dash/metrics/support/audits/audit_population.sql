-- The tickets that an audit speaks for
-- words: How many tickets the period has, how likely they are how-to questions by their scores, how many of them the audit could
--   have drawn, and how many have a kind that no person gave.
-- formula: counts, mean and variance of the scores
-- edge cases: Without tickets the mean is empty.
-- tables: tickets
-- column tickets: tickets of the period
-- column mean: mean score
-- column variance: variance of the scores, divided by their number
-- column inside: tickets of the days that the audit was drawn from
-- column guessed: tickets whose kind comes from the model or the lexicon
-- column with_kind: tickets with a kind
-- column suggested: those of them whose kind only the lexicon suggests
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
