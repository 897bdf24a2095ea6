-- MRR of each account at both ends of windows, at current rates
-- words: What each account paid on the first and last day of a window, each at that day's exchange rates, and the
--   effect of the rates alone.
-- formula: for each currency fx = min(S, E) x (rate at the end - rate at the start), S and E being the account's MRR
--   in that currency; so e - s - fx is its growth or shrinkage, rates apart
-- edge cases: Growth counts at the rate of the end, loss at that of the start. A line in the reporting currency, or
--   one whose own amount is not kept (made from invoices or monthly sheets, or loaded by an earlier release), is not
--   affected by rates. A day has the latest rate on or before it; before the first rate, the first one applies. A
--   window without paying accounts has one row without an account.
-- tables: subscriptions, accounts, fx_rates
-- column window_start: the as-of date first
-- column window_end: the as-of date last
-- column account_id: the account
-- column first_day: the account's first paying day ever
-- column s: its MRR on the first day, at its rates
-- column e: its MRR on the last day, at its rates
-- column fx: what rates alone moved
create macro windows_at_current_rates(start_days, end_days, wanted := '{}') as table
with windows as (
  select distinct cast(window_start as date) as window_start, cast(window_end as date) as window_end
  from (select unnest(start_days) as window_start, unnest(end_days) as window_end)
),
lines as (
  select p.account_id, p.start_date, p.last_open_end, min(p.start_date) over (partition by p.account_id) as first_day,
    case when s.fx_rate > 0 and s.currency in (select currency from reporting_rates) then s.currency else '' end as code,
    case when s.fx_rate > 0 and s.currency in (select currency from reporting_rates) then p.mrr / s.fx_rate
      else p.mrr end as own
  from paying_subscriptions p
  join subscriptions s on s.subscription_id = p.subscription_id
  where p.account_id in (select account_id from in_scope(wanted))
),
days as (
  select window_start as rated_on from windows union select window_end from windows
),
known as (
  select code, rated_on,
    coalesce(max_by(r.rate, r.rate_on) filter (where r.rate_on <= d.rated_on), min_by(r.rate, r.rate_on)) as rate
  from days d
  cross join (select distinct code from lines where code <> '') c
  join reporting_rates r on r.currency = c.code
  group by code, rated_on
),
held as (
  select w.window_start, w.window_end, l.account_id, l.code, min(l.first_day) as first_day,
    coalesce(sum(l.own) filter (where l.start_date <= w.window_start and l.last_open_end > w.window_start), 0) as own_start,
    coalesce(sum(l.own) filter (where l.start_date <= w.window_end and l.last_open_end > w.window_end), 0) as own_end
  from windows w
  join lines l on l.start_date <= w.window_end and l.last_open_end > w.window_start
  group by w.window_start, w.window_end, l.account_id, l.code
),
valued as (
  select h.*, coalesce(a.rate, 1) as rate_start, coalesce(b.rate, 1) as rate_end
  from held h
  left join known a on a.code = h.code and a.rated_on = h.window_start
  left join known b on b.code = h.code and b.rated_on = h.window_end
),
moved as (
  select window_start, window_end, account_id, min(first_day) as first_day,
    round(sum(own_start * rate_start), 6) as s, round(sum(own_end * rate_end), 6) as e,
    round(sum(least(own_start, own_end) * (rate_end - rate_start)), 6) as fx
  from valued
  group by window_start, window_end, account_id
)
select window_start, window_end, account_id, first_day, s, e, fx from moved
union all
select w.window_start, w.window_end, null, null, 0, 0, 0
from windows w
where not exists (from lines l where l.start_date <= w.window_end and l.last_open_end > w.window_start)
