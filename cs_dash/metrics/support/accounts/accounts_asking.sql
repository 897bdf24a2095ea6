-- Ticket spikes
-- words: Each account's tickets in the last 90 days compared with those expected from its own history, with MRR,
--   renewal and main topic.
-- formula: as for tickets against one's own past; whether more is more than chance is an exact Poisson test, adjusted
--   for all accounts tested (Holm)
-- edge cases: Accounts with less than 90 days of history have no expected number.
-- source: Przyborowski and Wilenski 1940 for the test; Holm 1979
-- tables: tickets, accounts, subscriptions
-- column account_id: the account
-- column account: its name
-- column csm: its customer success manager (CSM)
-- column until_day: last of the 90 days
-- column recent: tickets in the last 90 days
-- column past: tickets in the days before
-- column past_days: the number of those days
-- column expected: tickets that its past would have brought in 90 days
-- column mrr: its MRR on the as-of date
-- column renewal_date: its next renewal
-- column about: what most of its recent tickets are about
-- column last_on: day of its latest ticket
create macro accounts_asking(as_of_day, wanted := '{}') as table
select r.account_id, coalesce(a.account, r.account_id) as account, a.csm, r.until_day, r.recent, r.past, r.past_days,
  r.expected, m.mrr, n.shown_on as renewal_date, w.about, r.last_on
from asking_rates(as_of_day, wanted) r
join accounts a on a.account_id = r.account_id
left join mrr_on(cast(as_of_day as date)) m on m.account_id = r.account_id
left join renewals_on([cast(as_of_day as date)]) n on n.account_id = r.account_id
left join account_matters(cast(as_of_day as date) - 89, cast(as_of_day as date) + 1, wanted) w on w.account_id = r.account_id
order by r.account_id
