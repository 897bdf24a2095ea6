-- Cleaned churn events
-- words: Each churn event with trimmed texts, and whether it is a full churn or a downsell.
-- edge cases: An event that does not say which of the two it was counts as a full churn.
-- tables: churn_events
-- column churn_id: the event's id
-- column account_id: the account; empty where none fits
-- column churned_on: first unpaid day
-- column month: first day of that month
-- column reason: the reason as recorded
-- column category: the recorded reason's group, as recorded
-- column secondary_reason: another reason
-- column competitor: where it went
-- column comment: the comment
-- column mrr_stated: MRR lost, as the file states it
-- column is_full: full churn; false for a downsell
-- column is_assumed: the date is assumed
create view churn_lines as
select
  churn_id, account_id, churned_on, cast(date_trunc('month', churned_on) as date) as month,
  nullif(trim(reason), '') as reason, nullif(trim(category), '') as category,
  nullif(trim(secondary_reason), '') as secondary_reason, nullif(trim(competitor), '') as competitor,
  nullif(trim(comment), '') as comment, mrr_lost as mrr_stated,
  not regexp_matches(
    lower(coalesce(scope, '')),
    'down.?(sell|grade|size)|contract|partial|shrink|reduc|teil|verkleiner|parcial|частич|сниж|уменьш|部分|降级|缩减'
  ) as is_full,
  coalesce(assumed, false) as is_assumed
from churn_events
