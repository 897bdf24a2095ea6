-- Tickets of a period
-- words: The support tickets opened during the period, each with its category and its source. Spam, merged duplicates
--   and automatic messages are not tickets.
-- formula: start <= created_at < end
-- edge cases: Tickets without an account belong to every view without a filter, and to none with one. No start: since the
--   first ticket. The time is UTC.
-- source: the help desk's export
-- tables: tickets, accounts
-- column ticket_id: the ticket's number
-- column account_id: the account, empty where none was matched
-- column created_at: when it was created
-- column created_on: the day of that
-- column month: first day of the month of that
-- column kind: how-to, defect, feature request, account and access, billing, outage, other; empty where nobody knows
-- column source: where the category comes from: label, column, model, lexicon; none
-- column probability: how sure a model was of the category; empty where no model was asked
-- column product_area: area of the product, as the export says
-- column tags: tags, as the export says
-- column subject: its subject
-- column body: its first message
-- column type: the help desk's own type
-- column priority: its priority
-- column status: its status in the export
-- column solved_at: when it was solved
-- column language: code of its language: what the export says, else what its words tell; or unknown
-- column because: the words that decided, where a model gave the category
-- column has_text: it has a subject or a first message
-- column howto_score: how likely it is a how-to question by all but what a person said of it; empty where the category tells
create macro tickets_in(start_day, end_day, wanted := '{}') as table
select
  ticket_id, account_id, created_at, cast(created_at as date) as created_on,
  cast(date_trunc('month', created_at) as date) as month,
  kind, coalesce(kind_source, 'none') as source, kind_probability as probability,
  product_area, tags, subject, body, type, priority, status, solved_at, coalesce(language_code, 'unknown') as language,
  kind_words as because, howto_score, subject is not null or body is not null as has_text
from tickets
where (cast(start_day as date) is null or created_at >= cast(start_day as date))
  and (cast(end_day as date) is null or created_at < cast(end_day as date))
  and kind is distinct from 'not a ticket'
  and (wanted = '{}' or account_id in (select account_id from in_scope(wanted)))
