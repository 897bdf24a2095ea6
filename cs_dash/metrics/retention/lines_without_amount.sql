-- Contract lines without an amount
-- words: Paid contract lines without a monthly amount: they are in no revenue figure.
-- edge cases: Lines of 0 and trials have no MRR, which is known.
-- tables: subscriptions
-- column lines: contract lines
create view lines_without_amount as
select count(*) as lines
from subscriptions
where mrr is null and not coalesce(is_trial, false)
