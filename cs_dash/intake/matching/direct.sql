-- Which account each reference means directly: by decision, id, external id, id written another way, or name.
-- Only what is unique to one account decides. Runs again whenever accounts were added.

create or replace temp table account_writings as
with account_texts as (
  select a.account_id, a.external_id, a.domain, i.id_key, i.number, e.id_key as other_key, e.number as other_number,
    n.whole_name, n.folded
  from accounts a
  left join spellings i on i.text = a.account_id
  left join spellings e on e.text = a.external_id
  left join spellings n on n.text = a.account
),
written as (
  select account_id, unnest([
    {'kind': 'id', 'key': account_id}, {'kind': 'external id', 'key': external_id},
    {'kind': 'id key', 'key': id_key}, {'kind': 'id key', 'key': other_key},
    {'kind': 'number', 'key': number}, {'kind': 'number', 'key': other_number},
    {'kind': 'whole name', 'key': whole_name}, {'kind': 'name', 'key': folded}
  ], recursive := true)
  from account_texts
  union all
  select d.account_id, 'domain', case when s.text is null then d.domain else s.domain end
  from (select account_id, unnest(string_split_regex(domain, '[,;\s]+')) as domain from account_texts) d
  left join spellings s on s.text = d.domain
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
numbered as (
  select r.*, r.rowid as place, n.number
  from account_references r left join numbers n on n.table_name = r.table_name and n.number = r.ref_number
),
-- What each reference may be, the surest first: one join finds it, however many ways there are.
ways as (
  select place, unnest([
    {'rank': 1, 'kind': 'id', 'key': account_ref, 'how': 'id'},
    {'rank': 2, 'kind': 'external id', 'key': account_ref, 'how': 'external id'},
    {'rank': 3, 'kind': 'id', 'key': account_name, 'how': 'id'},
    {'rank': 4, 'kind': 'id key', 'key': ref_id, 'how': 'id written another way'},
    {'rank': 5, 'kind': 'number', 'key': number, 'how': 'id written another way'},
    {'rank': 6, 'kind': 'whole name', 'key': ref_whole, 'how': 'name'},
    {'rank': 7, 'kind': 'name', 'key': ref_folded, 'how': 'name'},
    {'rank': 8, 'kind': 'whole name', 'key': name_whole, 'how': 'name'},
    {'rank': 9, 'kind': 'name', 'key': name_folded, 'how': 'name'}
  ], recursive := true)
  from numbered
),
surest as (
  select w.place, arg_min({'account_id': k.account_id, 'how': w.how}, w.rank) as hit,
    bool_or(w.kind = 'whole name') as whole_name
  from ways w join account_keys k on k.kind = w.kind and k.key = w.key group by w.place
),
hits as (
  select n.* exclude (place, number),
    case
      when a.account_id is not null and not (
          -- A decision about "Acme" does not count for "Acme GmbH" where an account has exactly that name.
          coalesce(s.whole_name, false) and coalesce(n.ref_whole, n.name_whole) is distinct from d.whole_name
        ) then {'account_id': a.account_id, 'how': 'decision'}
      else s.hit
    end as hit
  from numbered n
  left join surest s on s.place = n.place
  left join decided d on d.key = n.key and d.verdict = 'same'
  left join accounts a on a.account_id = d.account_id
)
select h.* exclude (hit), case when d.key is null then h.hit.account_id end as account_id,
  case when d.key is null then h.hit.how end as how, case when d.key is null then cast(1 as double) end as score
from hits h
left join decided d on d.verdict = 'other' and d.key = h.key and d.account_id = h.hit.account_id
  and h.hit.how not in ('decision', 'id', 'external id');
