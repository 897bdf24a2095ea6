-- Names that are as good as the same, unless a person said that they are not.
insert into near
select key, account_id, score from alike a
where certain and key not in (select key from near)
  and not exists (from decided d where d.key = a.key and (d.verdict in ('same', 'new') or d.account_id = a.account_id));
