-- Caveats about tickets
-- words: Tickets without an account, from before their account's signup or from accounts not paying, and categories
--   that only word lists suggest.
-- formula: counts of tickets
-- edge cases: Tickets of accounts without a signup date are not checked.
-- tables: tickets, accounts, subscriptions
-- column tickets: all tickets of the period
-- column without_account: tickets that no account was matched to
-- column before_signup: tickets dated before their account's signup
-- column not_paying: tickets of accounts that did not pay on that day
-- column with_kind: categorised tickets
-- column suggested: those of them whose category only the lexicon suggests
-- column with_text: tickets with a subject or a first message
-- column excluded: spam, merged duplicates and automatic messages, excluded from the others
create macro ticket_doubts(start_day, end_day, wanted := '{}') as table
with seen as (
  select t.account_id, t.created_on, t.kind, t.source, a.signup_date, t.has_text, exists (
    from paying_subscriptions s
    where s.account_id = t.account_id and s.start_date <= t.created_on and s.last_open_end > t.created_on
  ) as paying
  from tickets_in(start_day, end_day, wanted) t
  left join accounts a on a.account_id = t.account_id
),
left_out as (
  select count(*) as excluded
  from tickets
  where kind = 'not a ticket' and (cast(start_day as date) is null or created_at >= cast(start_day as date))
    and (cast(end_day as date) is null or created_at < cast(end_day as date))
)
select
  count(*) as tickets, count(*) filter (where account_id is null) as without_account,
  count(*) filter (where created_on < signup_date) as before_signup,
  count(*) filter (where account_id is not null and not paying) as not_paying,
  count(kind) as with_kind, count(kind) filter (where source = 'lexicon') as suggested,
  count(*) filter (where has_text) as with_text,
  any_value(excluded) as excluded
from seen, left_out
