-- Accounts told of a shipped item
-- words: Which accounts were told that a roadmap item shipped.
-- tables: tickets
-- column item: id of the item
-- column account_id: the account
create view roadmap_told as
select subject ->> '$[0]' as item, subject ->> '$[1]' as account_id
from decisions
where kind = 'item told'
