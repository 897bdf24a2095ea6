-- Tickets before product-related churn
-- words: How-to tickets, defects and feature requests in the six months before churn, by product area, for accounts
--   that churned over a product gap or product quality.
-- formula: rows dated in the 6 months before the event; feature requests are those of the help desk and of the
--   request list
-- edge cases: An account counts once in each area it wrote about, with its latest such event. Areas overlap in
--   accounts, so that revenue does not add up over areas. A ticket without an area is "(no area)". Downsells count too.
-- tables: churn_events, tickets, feature_requests, subscriptions, accounts
-- column area: area of the product
-- column accounts: accounts lost over the product that wrote about it
-- column lost_accounts: all accounts lost over the product in the period
-- column howto: their how-to tickets
-- column defects: their defect tickets
-- column requests: their feature requests
-- column mrr_lost: MRR lost with these accounts
create macro churn_product(start_day, end_day, as_of_day, kinds, wanted := '{}') as table
with product as (
  select account_id, max(churned_on) as left_on, sum(mrr_lost) as mrr_lost
  from churn_reason_events(start_day, end_day, as_of_day, 'raw', kinds, wanted)
  where taxonomy in (select kind from product_reasons) and account_id is not null
  group by account_id
),
asked as (
  select account_id, cast(created_at as date) as asked_on, coalesce(nullif(trim(product_area), ''), '(no area)') as area, kind
  from tickets
  where kind in ('how-to', 'defect', 'feature request')
  union all
  select account_id, requested_on as asked_on, coalesce(nullif(trim(product_area), ''), '(no area)') as area,
    'feature request' as kind
  from feature_requests
),
before as (
  select p.account_id, p.mrr_lost, a.area, a.kind
  from product p
  join asked a on a.account_id = p.account_id
    and a.asked_on < p.left_on and a.asked_on >= p.left_on - interval 6 month
),
each_account as (
  select area, account_id, any_value(mrr_lost) as mrr_lost, count(*) filter (where kind = 'how-to') as howto,
    count(*) filter (where kind = 'defect') as defects, count(*) filter (where kind = 'feature request') as requests
  from before
  group by area, account_id
)
select area, count(*) as accounts, (select count(*) from product) as lost_accounts, cast(sum(e.howto) as bigint) as howto,
  cast(sum(e.defects) as bigint) as defects, cast(sum(e.requests) as bigint) as requests, round(sum(e.mrr_lost), 6) as mrr_lost
from each_account e
group by area
order by count(*) desc, sum(e.howto + e.defects + e.requests) desc, area
