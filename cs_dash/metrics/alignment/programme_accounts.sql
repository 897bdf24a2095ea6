-- Accounts of beta and pilot programmes
-- words: Which account takes part in which programme, from when until when.
-- formula: programmes that were entered, and milestones of accounts whose name says beta or pilot
-- edge cases: Milestones with the same title are one programme; without a title, those with the same name. Ids that are no
--   account's are left out.
-- source: METRICS, team and alignment
-- tables: milestones, accounts
-- column programme: its id, P-1, P-2 ...; of milestones their title
-- column title: what is tried out
-- column account_id: the account
-- column joined_on: its first day
-- column until_on: its last day; empty while it runs
create view programme_accounts as
with entered as (
  select subject as programme, value ->> '$.title' as title, cast(value ->> '$.since' as date) as joined_on,
    cast(value ->> '$.until' as date) as until_on, unnest(from_json(value -> '$.accounts', '["VARCHAR"]')) as account_id
  from decisions
  where kind = 'programme'
)
select e.programme, e.title, e.account_id, e.joined_on, e.until_on
from entered e
join accounts a on a.account_id = e.account_id
union all
select coalesce(title, milestone) as programme, coalesce(title, milestone) as title, account_id, min(reached_on) as joined_on,
  cast(null as date) as until_on
from milestones
where account_id is not null and regexp_matches(lower(milestone), '\bbeta\b|\bpilot\b')
group by coalesce(title, milestone), account_id
