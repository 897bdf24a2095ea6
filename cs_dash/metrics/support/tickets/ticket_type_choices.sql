-- Kinds that people chose for the help desk's own types and tags
-- words: The types and tags of which somebody said what they count as, on the Tickets page or on the command line. Such a
--   choice stands above what the words of the type name, for every ticket that has it, also later ones; what somebody
--   said of a single ticket stands above it.
-- edge cases: Letters' case and signs make no difference. A choice that was taken back has no row.
-- tables: tickets
-- column said: the type or tag
-- column kind: the kind chosen for it, "not a ticket", or "says nothing": then the rest of the ticket tells
create view ticket_type_choices as
select subject as said, value as kind
from decisions
where kind = 'ticket type'
