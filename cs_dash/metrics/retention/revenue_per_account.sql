-- Average revenue per account (ARPA)
-- words: MRR on a day divided by the accounts paying on that day.
-- formula: sum(mrr) / count(accounts with mrr > 0)
-- edge cases: Trials and free plans pay nothing and are not counted. No paying account: empty, never 0.
-- source: common usage (average revenue per account)
-- tables: subscriptions, accounts
-- column arpa: money a month per account
-- column mrr: MRR on the day
-- column accounts: accounts paying on the day
create macro revenue_per_account(on_day, wanted := '{}') as table
select
  round(sum(m.mrr), 6) / nullif(count(*), 0) as arpa, round(coalesce(sum(m.mrr), 0), 6) as mrr, count(*) as accounts
from mrr_on(on_day) m
where m.account_id in (select account_id from in_scope(wanted))
