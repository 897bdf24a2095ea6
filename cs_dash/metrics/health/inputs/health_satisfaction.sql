-- Health input: satisfaction
-- words: The latest NPS response, and the mean rating of CSAT responses and tickets.
-- formula: nps = mean score of the latest day with an answer within 365 days; csat = mean within 180 days, on 1 to 5
-- edge cases: NPS answers outside 0 to 10 are on another scale and are excluded. CSAT on a scale of 10 or 100 (seen
--   from its largest value) is brought to 5. A ticket's rating counts from the day it was solved. No answer: missing,
--   not bad.
-- source: Reichheld for NPS
-- tables: surveys, tickets
-- column day: the as-of date
-- column account_id: the account
-- column input: nps or csat
-- column raw: its value
-- column now_value: the same
-- column before_value: the latest NPS answer before that one, or empty
create macro health_satisfaction(on_days, of_account := null) as table
with days as (select unnest(on_days) as day),
nps as (
  select account_id, answered_on, avg(score) as score,
    lag(avg(score)) over (partition by account_id order by answered_on) as score_before
  from surveys
  where account_id is not null and (survey ilike '%nps%' or survey ilike '%promoter%') and score between 0 and 10
    and (of_account is null or account_id = of_account)
  group by account_id, answered_on
),
newest as (
  select d.day, n.account_id, arg_max(n.score, n.answered_on) as score,
    arg_max(n.score_before, n.answered_on) as score_before
  from days d
  join nps n on n.answered_on <= d.day and n.answered_on > d.day - 365
  group by d.day, n.account_id
),
rated as (
  select account_id, answered_on, score from surveys where survey ilike '%csat%' or survey ilike '%satisf%'
),
scaled as (
  select account_id, answered_on,
    score / (select case when max(score) <= 5 then 1 when max(score) <= 10 then 2 else 20 end from rated) as score
  from rated
  where account_id is not null and (of_account is null or account_id = of_account)
  union all
  select account_id, cast(coalesce(solved_at, created_at) as date) as answered_on,
    satisfaction / (select case when max(satisfaction) <= 5 then 1 when max(satisfaction) <= 10 then 2 else 20 end from tickets)
      as score
  from tickets
  where account_id is not null and satisfaction is not null and (of_account is null or account_id = of_account)
)
select day, account_id, 'nps' as input, score as raw, score as now_value, score_before as before_value from newest
union all
select d.day, s.account_id, 'csat' as input, avg(s.score) as raw, avg(s.score) as now_value, null as before_value
from days d
join scaled s on s.answered_on <= d.day and s.answered_on > d.day - 180
group by d.day, s.account_id
