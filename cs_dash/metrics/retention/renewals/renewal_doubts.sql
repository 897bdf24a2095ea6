-- Sources of renewal dates
-- words: Where the renewal dates of paying contract lines come from, and which lines have none.
-- tables: subscriptions, accounts
-- column told_by: line, account, counted, monthly or untold
-- column lines: paying lines
-- column mrr: their MRR on the as-of date
-- column ending: those that pay then and name an end to come
create macro renewal_doubts(as_of_day, wanted := '{}') as table
select told_by, count(*) as lines, round(sum(mrr), 6) as mrr,
  count(*) filter (where end_date > cast(as_of_day as date)) as ending
from renewal_terms
where start_date <= cast(as_of_day as date) and last_open_end > cast(as_of_day as date)
  and account_id in (select account_id from in_scope(wanted))
group by told_by
order by told_by
