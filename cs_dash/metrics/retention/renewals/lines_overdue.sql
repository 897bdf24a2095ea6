-- Contract lines with an overdue renewal
-- words: Contract lines that still run although their stated renewal date is past: no file says whether they renewed
--   or churned. The date stays as stated.
-- formula: active on the day, with a stated renewal on or before it and after the line's start, and no end up to the
--   latest day of the facts
-- edge cases: Lines that renew automatically count as renewed. A line with an assumed start is not compared with its
--   start. As of a past day, a line that ended later is not overdue.
-- source: this product
-- tables: subscriptions, accounts
-- column subscription_id: the line
-- column account_id: its account
-- column due_on: the stated day of renewal
-- column mrr: what it pays
-- column told_by: what states the day: line or account
create macro lines_overdue(as_of_day) as table
select t.subscription_id, t.account_id, t.anchor as due_on, t.mrr, t.told_by
from renewal_terms t
join subscriptions s on s.subscription_id = t.subscription_id
where t.told_by in ('line', 'account') and t.anchor <= cast(as_of_day as date) and not t.renews_itself
  and t.start_date <= cast(as_of_day as date)
  and t.last_open_end > greatest(cast(as_of_day as date), (select newest_day from newest_day))
  and (t.start_date < t.anchor or coalesce(s.assumed, false))
