-- Scores of audited tickets
-- words: The tickets of a list in the period, with their probability of being how-to.
-- formula: as the scores of all tickets
-- edge cases: Tickets no longer in the data have no row.
-- tables: tickets
-- column ticket_id: the ticket
-- column kind: the category that was found for it
-- column score: the score, from 0 to 1
create macro audit_checked(ticket_ids, start_day, end_day, wanted := '{}') as table
select ticket_id, kind, score
from howto_scores(start_day, end_day, wanted)
where list_contains(ticket_ids, ticket_id)
