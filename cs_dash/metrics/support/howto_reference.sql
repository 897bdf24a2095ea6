-- Benchmark of the how-to share
-- words: The published how-to share for comparison, with its source, and the workspace's own target.
-- formula: none: a published figure
-- edge cases: The setting howto_reference (a share) replaces it; its source and year are then those that are set with
--   it (howto_reference_source, howto_reference_year), never those of the published one. Without howto_target there is
--   none.
-- source: TSIA Support Services Benchmark, as quoted by Aterra Consulting, "PM and CS collaboration"; the survey
--   itself is not public and was not checked
-- tables: tickets
-- column value: the share
-- column name: what it is
-- column publisher: who measured it
-- column quoted_by: where it was read
-- column year: year of the survey, empty where the quotation does not say
-- column verified: somebody set that the original was read (howto_reference_verified)
-- column target: the share that this workspace wants to get to, empty where nobody set one
create view howto_reference as
with given as (
  select try_cast(max(value) filter (where name = 'howto_reference') as double) as share,
    max(value) filter (where name = 'howto_reference_source') as publisher,
    cast(try_cast(max(value) filter (where name = 'howto_reference_year') as double) as integer) as year,
    coalesce(max(value) filter (where name = 'howto_reference_verified') = 'yes', false) as verified,
    try_cast(max(value) filter (where name = 'howto_target') as double) as target
  from settings
)
select
  coalesce(share, 0.36) as value,
  'how-to share of support tickets' as name,
  coalesce(publisher, if(share is null, 'TSIA Support Services Benchmark', 'a setting of this workspace')) as publisher,
  if(share is null and publisher is null, 'Aterra Consulting, "PM and CS collaboration"', null) as quoted_by,
  year, verified, target
from given
