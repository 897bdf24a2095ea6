-- Names that are as good as the same, and only where nothing else tells.
update direct as r set account_id = n.account_id, how = 'nearly the same name', score = n.score
from near n
where r.account_id is null and n.key = r.key;
