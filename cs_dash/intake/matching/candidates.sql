-- Accounts that a reference may mean, though nothing decides it: what several accounts share, and names that look alike.
delete from match_candidates;
insert into match_candidates
with open_keys as (
  select distinct key, ref_number, coalesce(name_folded, ref_folded) as folded_name, address
  from direct where account_id is null and key is not null
),
shared as (
  select o.key, w.account_id, 1.0 as score, 'id written another way' as why
  from open_keys o join account_writings w on w.kind = 'number' and w.key = o.ref_number
  union all
  select o.key, w.account_id, 1.0, 'several accounts bear this name'
  from open_keys o join account_writings w on w.kind = 'name' and w.key = o.folded_name
  union all
  select o.key, w.account_id, 1.0, 'several accounts share this domain'
  from open_keys o join account_writings w on w.kind = 'domain' and w.key = o.address
  union all
  select key, account_id, score, 'a similar name' from alike
),
best as (
  select key, account_id, max(score) as score, arg_max(why, (score, why <> 'a similar name')) as why
  from shared s
  where not exists (
    from decided d where d.verdict = 'other' and d.key = s.key and d.account_id = s.account_id
  )
  group by key, account_id
),
numbered as (
  select *, row_number() over (partition by key order by score desc, account_id) as place from best
)
select key, account_id, place, score, why from numbered where place <= 3;
