-- Unmatched rows
-- words: References to unknown accounts, with the account they may mean. Also accounts that only other files name,
--   where an account list has others: they may be one of those under another name.
-- formula: weight = rows / all rows listed here + MRR / MRR of all accounts; the MRR is that of the account that only
--   other files name, else that of the account it may mean
-- edge cases: An id, a name, an address and a subscription are each one line, however they are written. Rows that say
--   nothing at all are one line without a name. A similarity of 1 means that several accounts share the id, name or
--   domain.
-- tables: accounts, subscriptions, usage, tickets, churn_events, surveys, notes, feature_requests, milestones
-- column key: what a person decides about
-- column said: what the rows say: id, name, address, subscription
-- column named: the same in one word; empty where they say nothing
-- column own_account: the account that only other files name; empty where the rows have none
-- column rows: rows that say so
-- column tickets: support tickets among them
-- column uses: usage rows among them
-- column surveys: survey responses among them
-- column churn_events: churn events among them
-- column contracts: contract lines among them
-- column others: notes, requests and milestones among them
-- column mrr: MRR of its own account; empty where it has none
-- column candidate_id: the account it may mean
-- column candidate: that account's name
-- column candidate_mrr: that account's MRR
-- column score: similarity of the two names, from 0 to 1
-- column why: what makes them alike
-- column weight: how much hangs on it; the order of the lines
create macro unmatched_accounts(as_of_day) as table
with paid as (from mrr_on(cast(as_of_day as date))),
own as (
  select account_id from accounts
  where implied and (select bool_or(not coalesce(implied, false)) from accounts)
),
open_rows as (
  select m.*, o.account_id as own_account
  from account_matches m
  left join own o on o.account_id = m.account_id
  where m.account_id is null or o.account_id is not null
),
total as (select sum(mrr) as mrr from paid),
best as (
  select * from match_candidates where place = 1
),
grouped as (
  select
    coalesce('account ' || own_account, r.key, '') as one, own_account,
    coalesce(min(r.key) filter (where b.key is not null), min(r.key)) as key,
    list(distinct struct_pack(
      account_ref := account_ref, account_name := account_name,
      mail := case when coalesce(account_ref, account_name) is null then address end,
      subscription_id := case when coalesce(account_ref, account_name, address) is null then subscription_id end
    )) as said,
    coalesce(min(account_name), min(account_ref), min(address), min(subscription_id)) as named,
    sum(rows) as rows,
    coalesce(sum(rows) filter (where table_name = 'tickets'), 0) as tickets,
    coalesce(sum(rows) filter (where table_name = 'usage'), 0) as uses,
    coalesce(sum(rows) filter (where table_name = 'surveys'), 0) as surveys,
    coalesce(sum(rows) filter (where table_name = 'churn_events'), 0) as churn_events,
    coalesce(sum(rows) filter (where table_name = 'subscriptions'), 0) as contracts,
    coalesce(sum(rows) filter (where table_name in ('notes', 'feature_requests', 'milestones')), 0) as others
  from open_rows r
  left join best b on b.key = r.key
  group by one, own_account
)
select
  coalesce(g.key, '') as key, g.said, g.named, g.own_account, cast(g.rows as bigint) as rows,
  cast(g.tickets as bigint) as tickets, cast(g.uses as bigint) as uses, cast(g.surveys as bigint) as surveys,
  cast(g.churn_events as bigint) as churn_events, cast(g.contracts as bigint) as contracts,
  cast(g.others as bigint) as others, p.mrr,
  b.account_id as candidate_id, coalesce(a.account, a.account_id) as candidate, c.mrr as candidate_mrr, b.score, b.why,
  round(g.rows / nullif(sum(g.rows) over (), 0)
    + coalesce(p.mrr, c.mrr, 0) / coalesce(nullif(total.mrr, 0), 1), 6) as weight
from grouped g
cross join total
left join best b on b.key = g.key
left join accounts a on a.account_id = b.account_id
left join paid p on p.account_id = g.own_account
left join paid c on c.account_id = b.account_id
order by weight desc, g.rows desc, g.named
