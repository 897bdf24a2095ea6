-- Contradictions in the data
-- words: Where one file says what another denies. Nothing is corrected: the figures are computed from the rows as they are,
--   and what they touch is named.
-- edge cases: A kind of contradiction that does not occur has no row.
-- tables: accounts, subscriptions, usage, tickets, churn_events, surveys
-- column contradiction: what does not fit, in words
-- column table_name: the table it is found in
-- column rows: rows, or accounts, concerned
-- column examples: ids of up to three of them
-- column touches: figures that it touches
create macro contradictions(as_of_day) as table
with found as (
  select contradiction, 'accounts' as table_name, account_id as id, 'churn, retention' as touches
  from churn_marks(cast(as_of_day as date))
  where contradiction is not null
  union all
  select 'dated before the account''s signup', 'tickets', t.ticket_id, 'contact rate, tenure'
  from tickets t
  join accounts a on a.account_id = t.account_id
  where cast(t.created_at as date) < a.signup_date
  union all
  select 'solved before it came in', 'tickets', ticket_id, 'open tickets, resolution time'
  from tickets
  where solved_at < created_at
  union all
  select 'used before the account''s signup', 'usage', u.usage_id, 'activity, health'
  from usage u
  join accounts a on a.account_id = u.account_id
  where u.used_on < a.signup_date
  union all
  select 'starts before the account''s signup', 'subscriptions', s.subscription_id, 'cohorts, MRR'
  from subscriptions s
  join accounts a on a.account_id = s.account_id
  where s.start_date < a.signup_date
  union all
  select 'ends before it starts', 'subscriptions', subscription_id, 'MRR: the line counts as never active'
  from subscriptions
  where end_date < start_date
  union all
  select 'the yearly amount is not 12 times the monthly one', 'subscriptions', subscription_id, 'MRR'
  from subscriptions
  where mrr > 0 and arr > 0 and abs(arr - 12 * mrr) > 0.01 * arr and abs(arr - 12 * mrr) > 12
  union all
  select 'churn event before the account''s signup', 'churn_events', c.churn_id, 'churn'
  from churn_events c
  join accounts a on a.account_id = c.account_id
  where c.churned_on < a.signup_date
  union all
  select 'NPS score above 10', 'surveys', survey_id, 'satisfaction, health'
  from surveys
  where survey ilike '%nps%' and score > 10
)
select contradiction, table_name, count(*) as rows, list_slice(list_sort(list(distinct id)), 1, 3) as examples,
  any_value(touches) as touches
from found
group by contradiction, table_name
order by rows desc, contradiction
