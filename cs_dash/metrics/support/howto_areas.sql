-- How-to tickets by product area
-- words: How-to tickets by product area, or by tag where the export has no area. MRR is that of the distinct accounts
--   of an area; accounts can be in several areas, so the column does not add up.
-- formula: affected MRR = sum of the MRR of the distinct accounts with a how-to ticket in the area
-- edge cases: Tickets with neither an area nor a tag are excluded and counted apart. The trend has twelve months up
--   to the as-of date, 0 where the area had no ticket. The example is the latest ticket with a subject.
-- tables: tickets, subscriptions, accounts
-- column area: product area or tag
-- column tickets: how-to tickets of the period
-- column accounts: distinct accounts behind them; empty where nobody knows whose tickets they are
-- column mrr: MRR of those accounts on the as-of date
-- column recent: how-to tickets in the 90 days up to the as-of date
-- column before: how-to tickets in the 90 days before those
-- column trend: how-to tickets of the last twelve months, oldest first
-- column example: subject of the latest ticket
create macro howto_areas(start_day, end_day, as_of_day, wanted := '{}') as table
with asked as (
  select account_id, created_on, month, subject, created_at,
    created_on >= coalesce(cast(start_day as date), created_on) as inside,
    case
      when product_area is not null then [product_area]
      else list_filter(str_split_regex(tags, '[,;|]\s*|\s+'), lambda tag: tag <> '')
    end as areas
  from tickets_in(
    least(coalesce(cast(start_day as date), date '1900-01-01'), cast(as_of_day as date) - 365),
    least(coalesce(cast(end_day as date), cast(as_of_day as date) + 1), cast(as_of_day as date) + 1),
    wanted
  )
  where kind = 'how-to'
),
each as (select unnest(areas) as area, * exclude (areas) from asked),
behind as (
  select e.area, round(sum(m.mrr), 6) as mrr
  from (select distinct area, account_id from each where inside) e
  join mrr_on(cast(as_of_day as date)) m on m.account_id = e.account_id
  group by e.area
),
months as (
  select cast(unnest(generate_series(
    date_trunc('month', cast(as_of_day as date)) - interval 11 month, date_trunc('month', cast(as_of_day as date)),
    interval 1 month
  )) as date) as month
),
counted as (select area, month, count(*) as tickets from each group by area, month),
trends as (
  select a.area, list(coalesce(c.tickets, 0) order by m.month) as trend
  from (select distinct area from each) a
  cross join months m
  left join counted c on c.area = a.area and c.month = m.month
  group by a.area
),
totals as (
  select area,
    count(*) filter (where inside) as tickets,
    nullif(count(distinct account_id) filter (where inside), 0) as accounts,
    count(*) filter (where created_on > cast(as_of_day as date) - 90) as recent,
    count(*) filter (where created_on <= cast(as_of_day as date) - 90 and created_on > cast(as_of_day as date) - 180)
      as before,
    arg_max(subject, created_at) filter (where subject is not null) as example
  from each
  group by area
)
select t.area, t.tickets, t.accounts, b.mrr, t.recent, t.before, r.trend, t.example
from totals t
left join behind b on b.area = t.area
left join trends r on r.area = t.area
where t.tickets > 0
order by t.tickets desc, t.area
