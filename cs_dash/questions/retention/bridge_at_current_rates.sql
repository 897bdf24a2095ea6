-- Revenue bridge at current rates
-- words: The revenue bridge with every month's balance at that month's exchange rates, and what the rates alone moved apart.
-- formula: MRR at the end = MRR at the start + new + reactivation + expansion - contraction - churn + fx; for each account and
--   currency fx = min(S, E) x (rate at the end - rate at the start), S and E being its MRR in that currency
-- edge cases: Growth counts at the rate of the end, loss at that of the start. A line in the reporting currency, or one whose
--   own amount is not kept (made from invoices or monthly sheets, or loaded by an earlier release), moves by no rate. Before
--   the first rate of a currency that rate holds. The latest rate on or before a day is the day's.
-- source: METRICS of this product: rate moves are their own line
-- tables: subscriptions, accounts, fx_rates
-- column month: first day of the month
-- column mrr_start: MRR at the end of the month before, at its rates
-- column new: MRR of accounts that had never paid before
-- column reactivation: MRR of accounts that came back
-- column expansion: growth of accounts that paid at both month ends, rates apart
-- column contraction: shrinkage of accounts that paid at both month ends, rates apart
-- column churn: MRR of accounts that left
-- column fx: revenue that moved by exchange rates alone
-- column mrr_end: MRR at the month's end, at its rates
-- column accounts_end: accounts paying at the month's end
-- column accounts_start: accounts paying at the end of the month before
-- column joined_and_left: accounts that first paid in the month and paid nothing at its end
-- column final: the month has ended by the as-of date
create macro bridge_at_current_rates(as_of_day, wanted := '{}') as table
with months as (
  select month, month - 1 as day_before, day, final from month_ends(as_of_day)
),
lines as (
  select p.account_id, p.start_date, p.last_open_end, min(p.start_date) over (partition by p.account_id) as first_day,
    case when s.fx_rate > 0 and s.currency in (select currency from fx_rates) then s.currency else '' end as code,
    case when s.fx_rate > 0 and s.currency in (select currency from fx_rates) then p.mrr / s.fx_rate else p.mrr end as own
  from paying_subscriptions p
  join subscriptions s on s.subscription_id = p.subscription_id
  where p.account_id in (select account_id from in_scope(wanted))
),
days as (
  select day_before as rated_on from months union select day from months
),
known as (
  select code, rated_on,
    coalesce(max_by(r.rate, r.rate_on) filter (where r.rate_on <= d.rated_on), min_by(r.rate, r.rate_on)) as rate
  from days d
  cross join (select distinct code from lines where code <> '') c
  join fx_rates r on r.currency = c.code
  group by code, rated_on
),
held as (
  select m.month, l.account_id, l.code, m.day_before, m.day, min(l.first_day) as first_day,
    coalesce(sum(l.own) filter (where l.start_date <= m.day_before and l.last_open_end > m.day_before), 0) as own_start,
    coalesce(sum(l.own) filter (where l.start_date <= m.day and l.last_open_end > m.day), 0) as own_end
  from months m
  join lines l on l.start_date <= m.day and l.last_open_end > m.day_before
  group by m.month, l.account_id, l.code, m.day_before, m.day
),
valued as (
  select h.*, coalesce(a.rate, 1) as rate_start, coalesce(b.rate, 1) as rate_end
  from held h
  left join known a on a.code = h.code and a.rated_on = h.day_before
  left join known b on b.code = h.code and b.rated_on = h.day
),
moved as (
  select month, account_id, min(first_day) as first_day, any_value(day_before) as day_before,
    round(sum(own_start * rate_start), 6) as s, round(sum(own_end * rate_end), 6) as e,
    round(sum(least(own_start, own_end) * (rate_end - rate_start)), 6) as fx
  from valued
  group by month, account_id
),
told as (
  select *, round(e - s - fx, 6) as change from moved
),
summed as (
  select month,
    coalesce(sum(s), 0) as mrr_start,
    coalesce(sum(e) filter (where s = 0 and first_day > day_before), 0) as new,
    coalesce(sum(e) filter (where s = 0 and first_day <= day_before), 0) as reactivation,
    coalesce(sum(change) filter (where s > 0 and e > 0 and change > 0), 0) as expansion,
    coalesce(-sum(change) filter (where s > 0 and e > 0 and change < 0), 0) as contraction,
    coalesce(sum(s) filter (where e = 0), 0) as churn,
    coalesce(sum(fx) filter (where s > 0 and e > 0), 0) as fx,
    coalesce(sum(e), 0) as mrr_end,
    count(*) filter (where s > 0) as accounts_start,
    count(*) filter (where e > 0) as accounts_end,
    count(*) filter (where s = 0 and e = 0 and first_day > day_before) as joined_and_left
  from told
  group by month
)
select m.month, round(coalesce(mrr_start, 0), 6) as mrr_start, round(coalesce(new, 0), 6) as new,
  round(coalesce(reactivation, 0), 6) as reactivation, round(coalesce(expansion, 0), 6) as expansion,
  round(coalesce(contraction, 0), 6) as contraction, round(coalesce(churn, 0), 6) as churn, round(coalesce(fx, 0), 6) as fx,
  round(coalesce(mrr_end, 0), 6) as mrr_end, coalesce(accounts_end, 0) as accounts_end,
  coalesce(accounts_start, 0) as accounts_start, coalesce(joined_and_left, 0) as joined_and_left, m.final
from months m
left join summed s on s.month = m.month
order by m.month
