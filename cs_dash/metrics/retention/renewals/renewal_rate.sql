-- Renewal rate
-- words: Share of the MRR due for renewal in a window that was renewed. Expansion does not count.
-- formula: sum(renewed) / sum(due) over the renewals due after the window's first day, up to its last
-- edge cases: Capped at the amount due per renewal. Nothing due: empty, never 0. Month-to-month lines have no due
--   date and are excluded.
-- source: common usage; METRICS of this product: capped per renewal
-- tables: subscriptions, accounts
-- column window_start: the window's first day
-- column window_end: the window's last day
-- column renewal_rate: share of the MRR due
-- column due: MRR due
-- column renewed: MRR renewed
-- column lost: MRR not renewed
-- column renewals: how many renewals were due
create macro renewal_rate(start_days, end_days, wanted := '{}') as table
with windows as (
  select distinct cast(window_start as date) as window_start, cast(window_end as date) as window_end
  from (select unnest(start_days) as window_start, unnest(end_days) as window_end)
),
renewals as (
  from renewals_due(
    (select max(window_end) from windows), (select min(window_start) from windows),
    (select max(window_end) + 1 from windows), wanted
  )
)
select w.window_start, w.window_end, round(sum(r.renewed), 6) / nullif(round(sum(r.due), 6), 0) as renewal_rate,
  round(coalesce(sum(r.due), 0), 6) as due, round(coalesce(sum(r.renewed), 0), 6) as renewed,
  round(coalesce(sum(r.lost), 0), 6) as lost, count(r.account_id) as renewals
from windows w
left join renewals r on r.due_on > w.window_start and r.due_on <= w.window_end
group by w.window_start, w.window_end
order by w.window_end, w.window_start
