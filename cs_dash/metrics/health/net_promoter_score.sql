-- Net promoter score (NPS)
-- words: Share of promoters (9 and 10) minus share of detractors (0 to 6) among responses to the 0-to-10
--   recommendation question, in points from -100 to 100.
-- formula: 100 x (promoters - detractors) / answers
-- edge cases: Every answer in the period counts; an account that answered often counts often. No response: empty,
--   never 0. Answers outside 0 to 10 are on another scale and are excluded. Answers without an account count unless
--   accounts are filtered.
-- source: Reichheld, The one number you need to grow (2003)
-- tables: surveys, accounts
-- column window_start: the period's first day; empty for the beginning
-- column window_end: the first day after it; empty for the end
-- column nps: points from -100 to 100
-- column promoters: answers of 9 or 10
-- column passives: answers of 7 or 8
-- column detractors: answers of 0 to 6
-- column answers: how many answered
-- column accounts: how many accounts they are from
create macro net_promoter_score(start_days, end_days, wanted := '{}') as table
with windows as (
  select distinct cast(window_start as date) as window_start, cast(window_end as date) as window_end
  from (select unnest(start_days) as window_start, unnest(end_days) as window_end)
),
given as (
  select account_id, answered_on, score, counts_as
  from promoter_answers
  where wanted = '{}' or account_id in (select account_id from in_scope(wanted))
),
counted as (
  select w.window_start, w.window_end,
    count(*) filter (where g.counts_as = 'promoter') as promoters,
    count(*) filter (where g.counts_as = 'passive') as passives,
    count(*) filter (where g.counts_as = 'detractor') as detractors,
    count(g.score) as answers,
    count(distinct g.account_id) as accounts
  from windows w
  left join given g
    on g.answered_on >= coalesce(w.window_start, date '0001-01-01')
    and g.answered_on < coalesce(w.window_end, date '9999-12-31')
  group by w.window_start, w.window_end
)
select window_start, window_end, 100 * (promoters - detractors) / nullif(answers, 0) as nps, promoters, passives,
  detractors, answers, accounts
from counted
order by window_end, window_start
