-- Tickets to audit
-- words: The sampled tickets with their text only, so that the current category does not bias the reviewer.
-- formula: the tickets of the list
-- edge cases: Tickets no longer in the data have no row.
-- tables: tickets, accounts
-- column ticket_id: the ticket
-- column created_at: when it was created
-- column subject: its subject
-- column body: its first message
-- column language: its language
create macro audit_tickets(ticket_ids) as table
select ticket_id, created_at, subject, body, language from tickets where list_contains(ticket_ids, ticket_id)
