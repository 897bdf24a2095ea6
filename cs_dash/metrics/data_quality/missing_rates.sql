-- Missing exchange rates
-- words: Rows whose amounts could not be converted for lack of an exchange rate. The rows are rejected, or loaded
--   without the amount: never converted at 1.
-- edge cases: Each sheet counts as it was last read. A currency that has a rate by now is listed until its file is
--   loaded again.
-- tables: fx_rates, subscriptions, accounts, churn_events
-- column table_name: the table
-- column what: what was missing, with the currency
-- column rows: rows concerned
-- column left_out: the rows are excluded whole; else they lack their money only
create view missing_rates as
with newest as (
  select file, sheet, table_name, max(version) as version from load_reports group by file, sheet, table_name
)
select p.table_name, regexp_replace(p.what, ' And [0-9,]+ more rows like it[.]$', '') as what,
  -- Beyond the first thousand, one line counts the rest.
  cast(sum(coalesce(try_cast(replace(regexp_extract(p.what, ' And ([0-9,]+) more rows', 1), ',', '') as bigint), 1))
    as bigint) as rows,
  bool_or(p.fatal) as left_out
from load_problems p
join newest n on n.file = p.file and n.sheet = p.sheet and n.table_name = p.table_name and n.version = p.version
where p.what like 'No exchange rate%'
group by all
order by rows desc, what
