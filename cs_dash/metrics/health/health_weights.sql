-- Weights of the health score
-- words: The inputs of the score, their weights and how old their data may be. The setting health_weight_<group>
--   changes a group's weight.
-- formula: weight in the score = weight of the group x weight in the group
-- edge cases: Data older than the limit count as missing, not as bad: the weight goes to the known inputs, and the
--   data coverage falls.
-- source: the five groups of the usual customer-success scorecards, with the CSM's own judgement as a sixth
-- tables: usage, surveys, tickets, subscriptions, notes, accounts
-- column place: order of the input
-- column group_name: usage, adoption, satisfaction, support, fiscal or pulse
-- column group_weight: weight of the group, of 100
-- column input: name of the input
-- column weight: weight within the group
-- column fresh_days: how old its latest row may be
-- column meaning: what is measured
create table health_weights as
with given as (
  from (values
    (1, 'usage', 30, 'active_share', 0.5, 28, 'weekly active users / seats, mean of the last 4 whole weeks'),
    (2, 'usage', 30, 'activity_trend', 0.5, 28, 'activity of the last 4 whole weeks / of the 12 weeks before them'),
    (3, 'adoption', 15, 'core_breadth', 0.7, 28, 'core features used in the last 4 whole weeks / core features there are'),
    (4, 'adoption', 15, 'depth', 0.3, 28, 'uses per active user and week in the last 4 whole weeks'),
    (5, 'satisfaction', 15, 'nps', 0.6, 365, 'newest answer to "would you recommend us", 0 to 10'),
    (6, 'satisfaction', 15, 'csat', 0.4, 180, 'mean rating of answers and surveys in 180 days, 1 to 5'),
    (7, 'support', 15, 'ticket_load', 0.4, 90, 'tickets in 90 days per ten seats; two-sided: none at all is not best'),
    (8, 'support', 15, 'howto_load', 0.3, 90, 'how-to tickets in 90 days per ten seats'),
    (9, 'support', 15, 'open_overdue', 0.3, 90, 'tickets open for more than 7 days'),
    (10, 'fiscal', 15, 'contract_trend', 0.6, 0, 'MRR / MRR of 180 days before, or of the first paying day'),
    (11, 'fiscal', 15, 'renewal_distance', 0.4, 0, 'days until the next renewal'),
    (12, 'pulse', 10, 'pulse', 1.0, 90, 'the CSM''s own judgement, 0 to 100')
  ) as listed(place, group_name, default_weight, input, weight, fresh_days, meaning)
)
select g.place, g.group_name, coalesce(try_cast(s.value as double), g.default_weight) as group_weight,
  g.input, cast(g.weight as double) as weight, g.fresh_days, g.meaning
from given g
left join settings s on s.name = 'health_weight_' || g.group_name
order by g.place
