-- Each way of saying an account, with its spellings, and what people decided about it.
-- `key` is what they decide about: an id, a name, an address or a subscription, whichever a row names first.

create or replace temp macro reference_key(ref, ref_id, digits, ref_folded, named, named_folded, address, mail, subscription) as
case
  when address is not null then 'mail ' || address
  when digits then 'id ' || coalesce(ref_id, ref)
  when ref is not null then 'name ' || coalesce(ref_folded, ref)
  when named is not null then 'name ' || coalesce(named_folded, named)
  when mail is not null then 'mail ' || mail
  when subscription is not null then 'subscription ' || subscription
end;

create or replace temp table account_references as
select s.*, coalesce(r.address, n.address, m.address) as address,
  reference_key(s.account_ref, r.id_key, r.digits, r.folded, s.account_name, n.folded,
    case when s.account_ref is not null then r.address else n.address end, m.address, s.subscription_id) as key,
  r.id_key as ref_id, r.number as ref_number, r.whole_name as ref_whole, r.folded as ref_folded,
  n.whole_name as name_whole, n.folded as name_folded
from row_references s
left join spellings r on r.text = s.account_ref
left join spellings n on n.text = s.account_name
left join spellings m on m.text = s.mail;

-- Of several decisions about one key the last counts; "forget" ends all before it.
create or replace temp table decided as
with keyed as (
  select d.place, d.verdict, d.account_id, coalesce(r.whole_name, n.whole_name) as whole_name,
    reference_key(d.account_ref, r.id_key, r.digits, r.folded, d.account_name, n.folded,
      case when d.account_ref is not null then r.address else n.address end, d.mail, d.subscription_id) as key
  from account_decisions d
  left join spellings r on r.text = d.account_ref
  left join spellings n on n.text = d.account_name
),
since as (
  select k.* from keyed k
  left join (select key, max(place) as place from keyed where verdict = 'forget' group by key) f on f.key = k.key
  where k.key is not null and (f.place is null or k.place > f.place)
),
last_words as (
  select key, arg_max(verdict, place) as verdict, arg_max(account_id, place) as account_id,
    arg_max(whole_name, place) as whole_name
  from since where verdict <> 'other' group by key
)
from last_words
union all select distinct key, 'other', account_id, null from since where verdict = 'other' and account_id is not null;

create or replace temp table near (key varchar, account_id varchar, score double);
