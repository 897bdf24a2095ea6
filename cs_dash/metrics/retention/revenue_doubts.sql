-- Caveats about revenue
-- words: Contract lines that match no account, contract lines with assumed dates, and several currencies.
-- tables: subscriptions
-- column lines: contract lines with a recurring amount
-- column lines_without_account: those that match no account, and so are in no figure
-- column mrr_without_account: their MRR on the as-of date
-- column lines_assumed: those of which a date was assumed, not given
-- column lines_gone: those of which only the status says that they no longer pay, without a day
-- column lines_paused: those of these that are paused
-- column currencies: currencies that the lines name
create macro revenue_doubts(as_of_day) as table
select
  count(*) as lines,
  count(*) filter (where account_id is null) as lines_without_account,
  coalesce(sum(mrr) filter (
    where account_id is null and start_date <= as_of_day and (coalesce(end_date, gone_by) is null or coalesce(end_date, gone_by) > as_of_day)
  ), 0) as mrr_without_account,
  count(*) filter (where assumed) as lines_assumed,
  count(*) filter (where gone_by is not null and assumed) as lines_gone,
  count(*) filter (where gone_by is not null and assumed and standing = 'paused') as lines_paused,
  count(distinct currency) as currencies
from subscriptions
where mrr <> 0 and not coalesce(is_trial, false)
