-- Manually assigned churn categories
-- words: Recorded reasons that someone assigned to a category, on the Churn page or the command line. A manual choice
--   overrides the file's category and the rules, for every event with the same text, also later ones.
-- edge cases: The text is compared as recorded, without blanks around it. A category that was renamed has its new
--   name. An undone choice has no row.
-- tables: churn_events
-- column said: the recorded reason
-- column kind: the category chosen for it
create view churn_reason_choices as
select d.subject as said, category_shown(coalesce(c.name, d.value)) as kind
from decisions d
left join churn_categories c on c.key = d.value
where d.kind = 'churn reason'
