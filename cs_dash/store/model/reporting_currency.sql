-- Reporting currency
-- words: The currency that money is shown in: the setting, else the one that the first load with money was read in.
-- formula: the setting, else that of the first load, else the one that most subscription lines name
-- edge cases: Files that name no currency: no sign is shown.
-- tables: subscriptions, accounts
create view reporting_currency as
select coalesce(
  (select value from settings where name = 'currency'),
  (select arg_min(currency, version) from load_reports where currency is not null),
  (select mode(currency) from subscriptions where currency is not null),
  (select mode(currency) from accounts where currency is not null)
) as currency
