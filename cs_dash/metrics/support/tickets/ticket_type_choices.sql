-- Manually mapped ticket types and tags
-- words: Types and tags that someone mapped to a category, on the Tickets page or the command line. The mapping
--   overrides the words of the type, for every ticket that has it, also later ones; a label on a single ticket
--   overrides it.
-- edge cases: Letters' case and signs make no difference. An undone mapping has no row.
-- tables: tickets
-- column said: the type or tag
-- column kind: the category chosen for it, "not a ticket", or "says nothing": then the rest of the ticket tells
create view ticket_type_choices as
select subject as said, value as kind
from decisions
where kind = 'ticket type'
