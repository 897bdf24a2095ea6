-- Retention by account group
-- words: NRR and GRR over windows for each value of a dimension.
-- formula: as net and gross revenue retention, per group
-- edge cases: No account of the group paid on the first day: empty, never 0.
-- source: as net revenue retention
-- tables: subscriptions, accounts
-- column window_end: the window's last day
-- column value: value of the dimension
-- column nrr: net revenue retention
-- column grr: gross revenue retention
-- column accounts: accounts paying on the first day
-- column mrr_start: their MRR on the first day
create macro retention_by_group(by_field, start_days, end_days, wanted := '{}') as table
select w.window_end, d.value, sum(w.e) / nullif(sum(w.s), 0) as nrr, sum(least(w.s, w.e)) / nullif(sum(w.s), 0) as grr,
  count(*) as accounts, round(sum(w.s), 6) as mrr_start
from account_windows(start_days, end_days, wanted) w
join account_dimensions d on d.account_id = w.account_id and d.field = by_field
where w.s > 0
group by w.window_end, d.value
order by w.window_end, d.value
