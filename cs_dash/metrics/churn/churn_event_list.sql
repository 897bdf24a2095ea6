-- Churn events
-- words: Every churn event of a period with its account, reason, comment, MRR lost and data conflicts.
-- edge cases: A full churn event of an account that never stopped paying is a data conflict. A downsell is not.
-- tables: churn_events, subscriptions, accounts
-- column churn_id: the event's id
-- column account_id: the account; empty where none fits
-- column account: its name, else its id
-- column churned_on: first unpaid day
-- column is_assumed: the date is assumed
-- column reason: the reason as recorded
-- column category: the file's own group, else the taxonomy
-- column taxonomy: the reason's place in the taxonomy
-- column is_chosen: somebody chose the category
-- column full: full churn; false for a downsell
-- column mrr_lost: MRR lost
-- column comment: the comment
-- column contradiction: the data conflict in words
create macro churn_event_list(start_day, end_day, as_of_day, kinds, wanted := '{}') as table
with paying as (
  from churn_paying_on([cast(as_of_day as date)])
)
select
  e.churn_id, e.account_id, coalesce(a.account, e.account_id) as account, e.churned_on,
  coalesce(c.assumed, false) as is_assumed, e.recorded as reason,
  e.category, e.taxonomy, e.is_chosen, e.is_full as full, e.mrr_lost, e.comment,
  case
    when e.account_id is null then 'fits no account'
    when p.churn_id is not null then 'never stopped paying'
  end as contradiction
from churn_reason_events(start_day, end_day, as_of_day, 'raw', kinds, wanted) e
left join accounts a on a.account_id = e.account_id
left join churn_events c on c.churn_id = e.churn_id
left join paying p on p.churn_id = e.churn_id
order by e.churned_on desc, e.mrr_lost desc nulls last, e.churn_id
