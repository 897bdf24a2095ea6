-- Tickets to check
-- words: What is shown of the tickets drawn for an audit: their words, and nothing of the kind that was found for them, so that
--   nobody is led.
-- formula: the tickets of the list
-- edge cases: Tickets that are not in the data any more have no row.
-- tables: tickets, accounts
-- column ticket_id: the ticket
-- column created_at: when it came in
-- column subject: its subject
-- column body: its first message
-- column language: its language
create macro audit_tickets(ticket_ids) as table
select ticket_id, created_at, subject, body, language from tickets where list_contains(ticket_ids, ticket_id)
