-- Touchpoints of the journey
-- words: The first day on which each account reached each touchpoint: signed, kick-off, first login, first value, adopted,
--   first renewal, expansion.
-- formula: the first milestone of that name; where an account has none: signed is its signup date, else its first paying day;
--   first login is the first use; expansion is the first day with more MRR than before
-- edge cases: Use counts as first login only where the account signed after the first use that is known. Names are read in
--   any letter case and with their usual variants (kickoff, go-live, activated, renewed, upsell). Without a day of signing
--   an account has no journey.
-- source: METRICS, team and alignment
-- tables: milestones, accounts, subscriptions, usage
-- column account_id: the account
-- column touchpoint: its name
-- column place: its place in the journey, from 1
-- column reached_on: the day
-- column derived: it comes from other tables than the milestones
create view account_touchpoints as
with names as (
  select milestone, case
    when regexp_matches(lower(milestone), 'sign|contract|closed won') then 'signed'
    when regexp_matches(lower(milestone), 'kick') then 'kick-off'
    when regexp_matches(lower(milestone), 'log ?in|go.?live') then 'first login'
    when regexp_matches(lower(milestone), 'value|activat') then 'first value'
    when regexp_matches(lower(milestone), 'adopt') then 'adopted'
    when regexp_matches(lower(milestone), 'renew') then 'first renewal'
    when regexp_matches(lower(milestone), 'expan|upsell|upgrade') then 'expansion'
  end as touchpoint
  from (select distinct milestone from milestones)
),
given as materialized (
  select m.account_id, n.touchpoint, min(m.reached_on) as reached_on
  from milestones m
  join names n on n.milestone = m.milestone
  where m.account_id is not null and n.touchpoint is not null
  group by m.account_id, n.touchpoint
),
grown as (
  select account_id, starts, mrr, max(mrr) over (
    partition by account_id order by starts rows between unbounded preceding and 1 preceding
  ) as most_before
  from mrr_spells
),
fallback as (
  select a.account_id, 'signed' as touchpoint, coalesce(a.signup_date, f.first_day) as reached_on
  from accounts a
  left join first_paying_days f on f.account_id = a.account_id
  union all
  select u.account_id, 'first login', u.first_use
  from (select account_id, min(used_on) as first_use from usage where account_id is not null group by account_id) u
  join accounts a on a.account_id = u.account_id
  left join first_paying_days f on f.account_id = a.account_id
  where coalesce(a.signup_date, f.first_day) >= (select min(used_on) from usage)
  union all
  select account_id, 'expansion', min(starts)
  from grown
  where most_before > 0 and mrr > most_before
  group by account_id
),
every as materialized (
  select account_id, touchpoint, reached_on, false as derived from given
  union all
  select f.account_id, f.touchpoint, f.reached_on, true
  from fallback f
  anti join given g on g.account_id = f.account_id and g.touchpoint = f.touchpoint
  where f.reached_on is not null
)
select account_id, touchpoint,
  list_position(['signed', 'kick-off', 'first login', 'first value', 'adopted', 'first renewal', 'expansion'], touchpoint)
    as place,
  reached_on, derived
from every
where account_id in (select account_id from every where touchpoint = 'signed')
