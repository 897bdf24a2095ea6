-- Ticket
-- words: Everything known about one ticket: the original text, its category and its source, its topic.
-- formula: the ticket with that number
-- edge cases: It is found whatever the period and the filters are, also when it counts as no ticket. A ticket that is
--   not in the data has no row.
-- tables: tickets, accounts
-- column ticket_id: the ticket's number
-- column account_id: the account, empty where none was matched
-- column created_at: when it was created
-- column kind: its category; empty where nobody knows
-- column source: where the category comes from: label, column, model, lexicon; none
-- column probability: how sure a model was of the category; empty where no model was asked
-- column because: the words that decided, where a model gave the category
-- column topic: id of its topic; empty where it has none
-- column about: name of its topic
-- column product_area: area of the product, as the export says
-- column language: code of its language
-- column type: the help desk's own type
-- column tags: tags, as the export says
-- column priority: its priority
-- column status: its status in the export
-- column channel: how it came in
-- column solved_at: when it was solved
-- column subject: its subject
-- column body: its first message
create macro ticket_opened(of_ticket) as table
select t.ticket_id, t.account_id, t.created_at, t.kind, coalesce(t.kind_source, 'none') as source,
  t.kind_probability as probability, t.kind_words as because, p.topic, p.label as about, t.product_area,
  coalesce(t.language_code, 'unknown') as language, t.type, t.tags, t.priority, t.status, t.channel, t.solved_at,
  t.subject, t.body
from tickets t
left join ticket_topics(null) p
  on p.ticket_id = t.ticket_id and (t.kind is null or t.kind in ('how-to', 'feature request'))
where t.ticket_id = of_ticket
