-- NPS answers
-- words: Every answer to an NPS survey, with what it counts as.
-- formula: promoter: 9 or 10; passive: above 6; detractor: the rest
-- edge cases: Answers to other surveys, and scores beyond 0 to 10, are no NPS answers.
-- tables: surveys
-- column survey_id: the answer's id
-- column account_id: the account that answered, empty where none was matched
-- column answered_on: the day of the answer
-- column score: the score given, 0 to 10
-- column counts_as: promoter, passive or detractor
-- column comment: what was said
create view promoter_answers as
select survey_id, account_id, answered_on, score,
  case when score >= 9 then 'promoter' when score > 6 then 'passive' else 'detractor' end as counts_as, comment
from surveys
where (survey ilike '%nps%' or survey ilike '%promoter%') and score between 0 and 10
