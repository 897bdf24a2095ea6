-- Contract lines under notice
-- words: Contract lines that still pay and have a known end: MRR that will churn, in addition to the MRR due for
--   renewal.
-- formula: active on the day, with an end date after it that is not the end of a term; lost = ending MRR - MRR of the
--   account's lines that begin on that day
-- edge cases: An end that falls on a renewal day is the end of a term, and due for renewal, unless the status says
--   that the line was cancelled. So is the end of a line that renews automatically. As of a past day, ends that
--   became known later are included.
-- source: this product
-- tables: subscriptions
-- column subscription_id: the line
-- column account_id: its account
-- column end_date: first day it will not pay for
-- column mrr: what it pays
create macro lines_under_notice(as_of_day) as table
select subscription_id, account_id, plan, end_date, mrr
from renewal_terms
where start_date <= cast(as_of_day as date) and end_date > cast(as_of_day as date)
  and (is_leaving or not (
    renews_itself
    or coalesce(
      end_date = cast(anchor + to_months(cast(term * round(date_diff('month', anchor, end_date) / term) as integer)) as date),
      false
    )
  ))
