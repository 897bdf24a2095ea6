-- Ticket groupings
-- words: Groupings from the tickets themselves, beside account dimensions: tenure, language, product area, feature.
-- formula: at least two values among the tickets; a start of some account for the tenure; features in the usage file
-- edge cases: An unknown language is not a value.
-- tables: tickets, accounts, subscriptions, usage
-- column place: order in which they are offered
-- column field: tenure, area, feature or language
create view ticket_fields as
with told as (
  select approx_count_distinct(product_area) as areas,
    count(distinct language_code) filter (where language_code <> 'unknown') as languages,
    count(product_area) + count(subject) as named
  from tickets
),
used as (select count(distinct feature) as features from usage_feature_weeks)
select 1 as place, 'tenure' as field where exists (from customer_starts where started_on is not null)
union all
select 2, 'area' from told where areas > 1
union all
select 3, 'feature' from told, used where named > 0 and features > 1
union all
select 4, 'language' from told where languages > 1
order by place
