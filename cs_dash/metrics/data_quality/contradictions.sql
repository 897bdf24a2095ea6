-- Data conflicts
-- words: Where one file contradicts another. Nothing is corrected: metrics use the rows as they are, and the affected
--   metrics are listed.
-- edge cases: A type of data conflict that does not occur has no row. A fact cannot be dated after the latest load,
--   nor, in a company that sells subscriptions to software, before 1990; starts, ends, renewals and notices may lie in
--   the future.
-- tables: accounts, subscriptions, usage, tickets, churn_events, surveys
-- column contradiction: the data conflict in words
-- column table_name: the table it is found in
-- column rows: rows, or accounts, concerned
-- column examples: ids of up to three of them
-- column touches: figures that it touches
-- column is_date: a date that cannot be
create macro contradictions(as_of_day) as table
with loaded as (select coalesce(max(loaded_on), current_date) as day from load_reports),
dated as (
  select 'usage' as table_name, usage_id as id, used_on as day, true as is_fact, 'activity, health' as touches from usage
  union all
  select 'tickets', ticket_id, cast(created_at as date), true, 'how-to share, contact rate' from tickets
  union all
  select 'tickets', ticket_id, cast(solved_at as date), true, 'open tickets, resolution time' from tickets
  union all
  select 'surveys', survey_id, answered_on, true, 'satisfaction, health' from surveys
  union all
  select 'notes', note_id, noted_on, true, 'pulse, health' from notes
  union all
  select 'feature_requests', request_id, requested_on, true, 'requests' from feature_requests
  union all
  select 'churn_events', churn_id, churned_on, false, 'churn' from churn_events
  union all
  select 'subscriptions', subscription_id, start_date, false, 'MRR, cohorts' from subscriptions
  union all
  select 'subscriptions', subscription_id, end_date, false, 'MRR, retention' from subscriptions
  union all
  select 'accounts', account_id, signup_date, false, 'tenure' from accounts
),
found as (
  select contradiction, 'accounts' as table_name, account_id as id, 'churn, retention' as touches, false as is_date
  from churn_marks(cast(as_of_day as date))
  where contradiction is not null
  union all
  select 'dated before the account''s signup', 'tickets', t.ticket_id, 'contact rate, tenure', true
  from tickets t
  join accounts a on a.account_id = t.account_id
  where cast(t.created_at as date) < a.signup_date
  union all
  select 'solved before it came in', 'tickets', ticket_id, 'open tickets, resolution time', true
  from tickets
  where solved_at < created_at
    -- A date without a time of day is that whole day.
    and not (solved_at = date_trunc('day', solved_at) and cast(solved_at as date) = cast(created_at as date))
  union all
  select 'used before the account''s signup', 'usage', u.usage_id, 'activity, health', true
  from usage u
  join accounts a on a.account_id = u.account_id
  where u.used_on < a.signup_date
  union all
  select 'starts before the account''s signup', 'subscriptions', s.subscription_id, 'cohorts, MRR', true
  from subscriptions s
  join accounts a on a.account_id = s.account_id
  where s.start_date < a.signup_date
  union all
  select 'ends before it starts', 'subscriptions', subscription_id, 'MRR: the line counts as never active', true
  from subscriptions
  where end_date < start_date
  union all
  select 'no longer pays by its status, without a day', 'subscriptions', subscription_id, 'churn by month, cohorts', false
  from subscriptions
  where gone_by is not null and assumed
  union all
  select 'the yearly amount is not 12 times the monthly one', 'subscriptions', subscription_id, 'MRR', false
  from subscriptions
  where mrr > 0 and arr > 0 and abs(arr - 12 * mrr) > 0.01 * arr and abs(arr - 12 * mrr) > 12
  union all
  select 'churn event before the account''s signup', 'churn_events', c.churn_id, 'churn', true
  from churn_events c
  join accounts a on a.account_id = c.account_id
  where c.churned_on < a.signup_date
  union all
  select 'customers that neither contracts nor a list of accounts know', table_name, customer,
    'MRR, health and tickets by account', false
  from unmet_customers
  union all
  select 'NPS score above 10', 'surveys', survey_id, 'satisfaction, health', false
  from surveys
  where survey ilike '%nps%' and score > 10
  union all
  select 'dated after the day it was loaded', table_name, id, touches, true
  from dated, loaded where is_fact and dated.day > loaded.day
  union all
  select 'dated before 1990', table_name, id, touches, true
  from dated where day < date '1990-01-01'
)
select contradiction, table_name, count(distinct id) as rows, list_slice(list_sort(list(distinct id)), 1, 3) as examples,
  min(touches) as touches, bool_or(is_date) as is_date
from found
group by contradiction, table_name
order by rows desc, contradiction
