-- Tickets before and in a programme
-- words: For each programme the tickets of its accounts and of similar ones in the 12 weeks before it and since, with the days on
--   which each account paid.
-- formula: before = [first day - 84, first day); after = [first day, its end), at most 26 weeks and no later than the as-of
--   date; similar accounts are in the same segments, pay on its first day and are in no programme of that name
-- edge cases: Where no contracts are known, every day counts. Days before the first ticket of the data are left out. Where no
--   account of the programme has a segment, all other accounts are similar.
-- source: METRICS, team and alignment; ship impact
-- tables: tickets, milestones, subscriptions, accounts
-- column programme: its id
-- column account_id: the account
-- column takes_part: it is in the programme; else it is a similar one
-- column before: tickets before
-- column after: tickets since
-- column days_before: days on which it paid before
-- column days_after: days on which it paid since
create macro programme_windows(as_of_day) as table
with known as (select cast(min(created_at) as date) as first_ticket from tickets),
begun as (
  select programme, min(joined_on) as first_day, max(until_on) as last_day
  from programme_accounts
  where joined_on <= cast(as_of_day as date)
  group by programme
),
bounds as (
  select programme, first_day, greatest(first_day - 84, first_ticket) as opens,
    greatest(least(first_day + 182, cast(as_of_day as date) + 1, coalesce(last_day + 1, date '9999-12-31')), first_day)
      as closes
  from begun
  cross join known
),
segments as (
  select distinct p.programme, a.segment from programme_accounts p join accounts a on a.account_id = p.account_id
  where a.segment is not null
),
chosen as (
  select b.programme, a.account_id, p.account_id is not null as takes_part
  from bounds b
  cross join accounts a
  left join programme_accounts p on p.programme = b.programme and p.account_id = a.account_id
  where p.account_id is not null or (
    (a.segment in (select segment from segments s where s.programme = b.programme)
      or not exists (from segments s where s.programme = b.programme))
    and (not exists (from paying_spells) or exists (
      from paying_spells s
      where s.account_id = a.account_id and s.first_day <= b.first_day and s.last_open_end > b.first_day
    ))
  )
),
paid as (
  select c.programme, c.account_id,
    sum(greatest(0, date_diff('day', greatest(s.first_day, b.opens), least(s.last_open_end, b.first_day)))) as days_before,
    sum(greatest(0, date_diff('day', greatest(s.first_day, b.first_day), least(s.last_open_end, b.closes)))) as days_after
  from chosen c
  join bounds b on b.programme = c.programme
  join paying_spells s on s.account_id = c.account_id
  group by c.programme, c.account_id
  union all
  select c.programme, c.account_id, date_diff('day', b.opens, b.first_day), date_diff('day', b.first_day, b.closes)
  from chosen c
  join bounds b on b.programme = c.programme
  where not exists (from paying_spells)
),
counted as (
  select c.programme, c.account_id, count(*) filter (where t.created_on < b.first_day) as before,
    count(*) filter (where t.created_on >= b.first_day) as after
  from chosen c
  join bounds b on b.programme = c.programme
  join tickets_in(null, cast(as_of_day as date) + 1) t
    on t.account_id = c.account_id and t.created_on >= b.opens and t.created_on < b.closes
  group by c.programme, c.account_id
)
select p.programme, p.account_id, c.takes_part, coalesce(n.before, 0) as before, coalesce(n.after, 0) as after,
  cast(greatest(p.days_before, 0) as bigint) as days_before, cast(greatest(p.days_after, 0) as bigint) as days_after
from paid p
join chosen c on c.programme = p.programme and c.account_id = p.account_id
left join counted n on n.programme = p.programme and n.account_id = p.account_id
where p.days_before > 0 or p.days_after > 0
order by p.programme, p.account_id
