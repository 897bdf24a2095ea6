-- Churn events by reason and category
-- words: Each churn event of a period with its reason, the file's category and the category by rules.
-- formula: category = the manual choice for the reason, else the file's own group, else the taxonomy
-- edge cases: An event without a reason is "(none given)". A reason without a rule and without a manual category is
--   "Other or unknown".
-- tables: churn_events, subscriptions, accounts
-- column reason: what is counted: the reason as recorded, or its category
-- column category: the file's own group, else the taxonomy
-- column taxonomy: the reason's place in the taxonomy: the one chosen, else the one the rules give
-- column is_chosen: somebody chose the category
-- column churn_id: the event's id
-- column account_id: the account; empty where none fits
-- column churned_on: first unpaid day
-- column month: first day of that month
-- column recorded: the reason exactly as recorded
-- column comment: the comment
-- column is_full: full churn; false for a downsell
-- column mrr_lost: MRR lost
-- column mrr_after: what the account pays at the end of the event's month
create macro churn_reason_events(start_day, end_day, as_of_day, grouping_level, kinds, wanted := '{}') as table
with known as (
  select entry.key as said, entry.value ->> '$' as kind from json_each(kinds) as entry
),
placed as (
  select l.* exclude (category), coalesce(c.kind, category_shown(l.category)) as category,
    coalesce(c.kind, k.kind, 'Other or unknown') as taxonomy, c.kind is not null as is_chosen
  from churn_losses([cast(start_day as date)], [cast(end_day as date)], [cast(as_of_day as date)], wanted) l
  left join known k on k.said = coalesce(l.reason, l.category)
  left join churn_reason_choices c on c.said = coalesce(l.reason, l.category)
)
select
  case when grouping_level = 'category' then coalesce(category, taxonomy) else coalesce(reason, '(none given)') end
    as reason,
  coalesce(category, taxonomy) as category, taxonomy, is_chosen,
  churn_id, account_id, churned_on, month, reason as recorded, comment, is_full, mrr_lost, mrr_after
from placed
