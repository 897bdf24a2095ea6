-- Survey responses
-- words: Responses per survey: their number, latest date and range of scores.
-- edge cases: Answers to an unnamed survey are listed as "unnamed", averages of answers as "averages"; neither counts
--   as NPS or CSAT.
-- tables: surveys
-- column survey: its name
-- column is_nps: its answers count in the net promoter score
-- column answers: how many
-- column newest: day of the latest one
-- column lowest: the lowest score
-- column highest: the highest score
-- column days_assumed: answers with an assumed date
create view survey_answers as
select coalesce(survey, 'unnamed') as survey, coalesce(survey ilike '%nps%' or survey ilike '%promoter%', false) as is_nps,
  count(*) as answers, max(answered_on) as newest, min(score) as lowest, max(score) as highest,
  count(*) filter (where assumed) as days_assumed
from surveys
group by all
order by answers desc, survey
