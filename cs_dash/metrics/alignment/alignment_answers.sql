-- Answers of the alignment self-assessment
-- words: How each person sees the collaboration of product and customer success, statement by statement.
-- edge cases: A later sheet of the same person, team and quarter replaces the earlier one; what was not answered has no row.
-- source: METRICS, team and alignment
-- tables: accounts
-- column quarter: the quarter, such as 2026Q3
-- column team: product or cs
-- column respondent: who answered
-- column statement: key of the statement
-- column stage: reactive, informed, aligned or optimised
-- column level: 1 for reactive to 4 for optimised
create view alignment_answers as
with sheets as (
  select subject ->> '$[0]' as quarter, subject ->> '$[1]' as team, subject ->> '$[2]' as respondent,
    unnest(map_entries(from_json(value, '"MAP(VARCHAR, VARCHAR)"'))) as entry
  from decisions
  where kind = 'alignment answers'
)
select quarter, team, respondent, entry.key as statement, entry.value as stage,
  list_position(['reactive', 'informed', 'aligned', 'optimised'], entry.value) as level
from sheets
order by quarter, team, respondent, statement
