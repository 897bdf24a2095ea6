-- Activation within 30 days
-- words: Share of the accounts that used at least so many core features within their first 30 days.
-- formula: accounts with least_features core features used in [start, start + 30 days) / accounts whose first 30 days ended
--   in the period
-- edge cases: Where no file marks core features, every feature counts; without a feature, any use counts as one. Accounts
--   that started before the first use that is known are left out: their first days are not in the data. No account:
--   empty, never 0.
-- source: METRICS, usage
-- tables: usage, accounts, subscriptions
-- column window_start: the period's first day; empty: since the beginning
-- column window_end: the first day after the period
-- column accounts: accounts whose first 30 days ended in the period
-- column activated: those of them that used enough core features
-- column rate: share of them
create macro activation_rate(start_days, end_days, least_features := 1, wanted := '{}') as table
with windows as (
  select distinct cast(window_start as date) as window_start, cast(window_end as date) as window_end
  from (select unnest(start_days) as window_start, unnest(end_days) as window_end)
),
marked as (select coalesce(bool_or(is_core), false) as any_core, min(used_on) as first_day from usage),
started as (
  select s.account_id, s.started_on
  from customer_starts s, marked m
  where s.started_on >= m.first_day and s.account_id in (from in_scope(wanted))
),
used as (
  select s.account_id, count(distinct coalesce(u.feature, '')) as features
  from started s
  cross join marked m
  join usage u on u.account_id = s.account_id and u.used_on >= s.started_on and u.used_on < s.started_on + 30
  where u.is_core or not m.any_core
  group by s.account_id
)
select w.window_start, w.window_end, count(s.account_id) as accounts,
  count(s.account_id) filter (where u.features >= least_features) as activated,
  count(s.account_id) filter (where u.features >= least_features) / nullif(count(s.account_id), 0) as rate
from windows w
left join started s
  on s.started_on + 29 >= coalesce(w.window_start, s.started_on) and s.started_on + 29 < w.window_end
left join used u on u.account_id = s.account_id
group by w.window_start, w.window_end
order by w.window_end, w.window_start
