-- Reporting currency
-- words: The currency in which money is shown: the one the version was loaded in. Where no file names one, the
--   setting `currency` applies.
-- edge cases: If neither the files nor the setting name a currency, no sign is shown. A change of currency creates a
--   version rebuilt from the uploads, so that amounts and sign always agree.
-- tables: subscriptions, accounts
create table reporting_currency as
select coalesce(
  (select arg_min(currency, version) from load_reports where currency is not null),
  (select value from settings where name = 'currency'),
  (select mode(currency) from subscriptions where currency is not null),
  (select mode(currency) from accounts where currency is not null)
) as currency
