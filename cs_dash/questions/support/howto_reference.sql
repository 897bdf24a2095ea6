-- Reference for the how-to share
-- words: The share of how-to tickets that others report, to hold one's own against, with where it comes from.
-- formula: none: a published figure
-- edge cases: The setting howto_reference (a share) replaces it; its source is then "a setting of this workspace".
-- source: TSIA Support Services Benchmark, as quoted by Aterra Consulting, "PM and CS collaboration"; the survey itself is
--   not public and was not checked
-- tables: tickets
-- column value: the share
-- column name: what it is
-- column publisher: who measured it
-- column quoted_by: where it was read
-- column year: year of the survey, empty where the quotation does not say
-- column verified: the original was read, not a quotation
create view howto_reference as
with chosen as (select try_cast(value as double) as share from settings where name = 'howto_reference')
select
  coalesce((select share from chosen), 0.36) as value,
  'how-to share of support tickets' as name,
  case when (select share from chosen) is null then 'TSIA Support Services Benchmark'
    else 'a setting of this workspace' end as publisher,
  case when (select share from chosen) is null then 'Aterra Consulting, "PM and CS collaboration"' end as quoted_by,
  cast(null as integer) as year,
  false as verified
