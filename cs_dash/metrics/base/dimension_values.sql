-- Values of the dimensions
-- words: Each value of the account columns marked as dimensions, with the number of accounts.
-- tables: accounts
create view dimension_values as
select field, value, count(*) as accounts
from account_dimensions
group by field, value
order by field, accounts desc, value
