-- Alignment by statement and team
-- words: Mean stage of the self-assessment by quarter, statement and team, from 1 (reactive) to 4 (optimised).
-- formula: mean over the people of a team
-- source: METRICS, team and alignment
-- tables: accounts
-- column quarter: the quarter
-- column statement: key of the statement; empty for all of them
-- column team: product or cs
-- column people: how many people of the team answered
-- column level: their mean
create view alignment_levels as
with people as (
  select quarter, team, respondent, avg(level) as level from alignment_answers group by quarter, team, respondent
)
select quarter, statement, team, count(*) as people, avg(level) as level
from alignment_answers
group by quarter, statement, team
union all
select quarter, cast(null as varchar) as statement, team, count(*) as people, avg(level) as level
from people
group by quarter, team
order by quarter, statement, team
