-- Which account each reference means directly: by decision, id, external id, id written another way, or name.
-- Only what is unique to one account decides. Runs again whenever accounts were added.

create or replace temp table account_writings as
with domains as (
  select account_id, unnest(string_split_regex(domain, '[,;\s]+')) as domain from accounts where domain is not null
),
account_texts as (
  select a.account_id, i.id_key, i.number, e.id_key as other_key, e.number as other_number, n.whole_name, n.folded,
    a.external_id
  from accounts a
  left join spellings i on i.text = a.account_id
  left join spellings e on e.text = a.external_id
  left join spellings n on n.text = a.account
),
written as (
  select 'id' as kind, account_id as key, account_id from account_texts
  union all select 'external id', external_id, account_id from account_texts
  union all select 'id key', id_key, account_id from account_texts
  union all select 'id key', other_key, account_id from account_texts
  union all select 'number', number, account_id from account_texts
  union all select 'number', other_number, account_id from account_texts
  union all select 'whole name', whole_name, account_id from account_texts
  union all select 'name', folded, account_id from account_texts
  union all
  select 'domain', case when s.text is null then d.domain else s.domain end, d.account_id
  from domains d left join spellings s on s.text = d.domain
)
select distinct kind, key, account_id from written where key <> '';

create or replace temp table account_keys as
select kind, key, min(account_id) as account_id from account_writings group by kind, key having count(*) = 1;

create or replace temp table direct as
with numbers as (
  -- A file that writes both M21 and M021 means two accounts: there, zeros count.
  select table_name, ref_number as number
  from account_references where account_ref is not null
  group by all having count(distinct ref_id) = 1
),
hits as (
  select r.*,
    case
      when decided_account.account_id is not null and not (
          -- A decision about "Acme" does not count for "Acme GmbH" where an account has exactly that name.
          coalesce(wr.key, wn.key) is not null and coalesce(r.ref_whole, r.name_whole) is distinct from d.whole_name
        ) then struct_pack(account_id := decided_account.account_id, how := 'decision')
      when i.key is not null then struct_pack(account_id := i.account_id, how := 'id')
      when e.key is not null then struct_pack(account_id := e.account_id, how := 'external id')
      when j.key is not null then struct_pack(account_id := j.account_id, how := 'id')
      when k.key is not null then struct_pack(account_id := k.account_id, how := 'id written another way')
      when z.key is not null then struct_pack(account_id := z.account_id, how := 'id written another way')
      when wr.key is not null then struct_pack(account_id := wr.account_id, how := 'name')
      when r1.key is not null then struct_pack(account_id := r1.account_id, how := 'name')
      when wn.key is not null then struct_pack(account_id := wn.account_id, how := 'name')
      when n1.key is not null then struct_pack(account_id := n1.account_id, how := 'name')
    end as hit
  from account_references r
  left join decided d on d.key = r.key and d.verdict = 'same'
  left join accounts decided_account on decided_account.account_id = d.account_id
  left join account_keys i on i.kind = 'id' and i.key = r.account_ref
  left join account_keys e on e.kind = 'external id' and e.key = r.account_ref
  left join account_keys j on j.kind = 'id' and j.key = r.account_name
  left join account_keys k on k.kind = 'id key' and k.key = r.ref_id
  left join numbers n on n.table_name = r.table_name and n.number = r.ref_number
  left join account_keys z on z.kind = 'number' and z.key = n.number
  left join account_keys wr on wr.kind = 'whole name' and wr.key = r.ref_whole
  left join account_keys r1 on r1.kind = 'name' and r1.key = r.ref_folded
  left join account_keys wn on wn.kind = 'whole name' and wn.key = r.name_whole
  left join account_keys n1 on n1.kind = 'name' and n1.key = r.name_folded
)
select f.* exclude (hit), f.hit.account_id as account_id, f.hit.how as how, cast(1 as double) as score
from hits f
where not exists (
  from decided d where d.verdict = 'other' and d.key = f.key and d.account_id = f.hit.account_id
    and f.hit.how not in ('decision', 'id', 'external id')
)
union all
select f.* exclude (hit), null, null, null
from hits f
where exists (
  from decided d where d.verdict = 'other' and d.key = f.key and d.account_id = f.hit.account_id
    and f.hit.how not in ('decision', 'id', 'external id')
);
