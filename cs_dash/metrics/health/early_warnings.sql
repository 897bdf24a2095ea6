-- Early warnings
-- words: Accounts with a recent change that the score shows too late: usage down, tickets above the account's own
--   level, or gone quiet.
-- formula: usage_fell: last whole week < half of the median of the 12 weeks before; tickets_rose: P(X >= tickets in
--   28 days) < 0.01 for a Poisson variable with the account's own mean of the 336 days before; went_silent: no use and
--   no ticket for 21 days after at least 6 active weeks of the 12 before
-- edge cases: Tickets need 56 earlier days and at least 3 tickets; half a ticket is added to the history, so that an
--   account without earlier tickets is not flagged for its first ones. Only whole weeks count, and only where use is
--   known up to 28 days before. Two more warnings need the score: it fell by 10 points or more in 28 days; the
--   renewal is at most 90 days away and the account is not green.
-- source: Poisson test of one count against a known mean
-- tables: usage, tickets, subscriptions, accounts
-- column account_id: the account
-- column warning: usage_fell, tickets_rose or went_silent
-- column now_value: use of the last week, tickets in 28 days, or days without a sign
-- column before_value: median use, expected tickets, or active weeks of the 12 before
create macro early_warnings(on_day, wanted := '{}') as table
select account_id, warning, now_value, before_value
from early_warnings_on([cast(on_day as date)], wanted)
order by account_id, warning
