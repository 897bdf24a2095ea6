-- Tickets by month around a shipped item
-- words: For one shipped item and each month from nine months before it shipped the tickets of the accounts that got it, on
--   its topics and on all other how-to topics, with the days on which these accounts paid.
-- formula: a rate is tickets / account_days x 30.4375 x 100: tickets per 100 paying accounts and month
-- edge cases: A ticket that people labelled counts where it was before. Months before the first ticket are left out. The
--   last month ends on the as-of date. Where no contracts are known, every day counts.
-- source: METRICS, ship impact
-- tables: tickets, subscriptions, accounts
-- column month: first day of the month
-- column tickets: tickets on its topics
-- column others: tickets on all other how-to topics
-- column account_days: days on which the accounts paid
-- column in_progress: whether the month ends after the as-of date
create macro ship_months(of_item, as_of_day, wanted := '{}') as table
with reached as (from shipped_accounts(as_of_day, wanted) where item = of_item),
bounds as (
  select greatest(
      date_trunc('month', min(ship_day)) - interval 9 month,
      (select date_trunc('month', min(created_at)) from tickets)
    ) as opens
  from reached
),
months as (
  select cast(unnest(generate_series(opens, date_trunc('month', cast(as_of_day as date)), interval 1 month)) as date) as month
  from bounds
),
windows as (
  select month, least(cast(month + interval 1 month as date), cast(as_of_day as date) + 1) as closes,
    cast(month + interval 1 month as date) > cast(as_of_day as date) + 1 as in_progress
  from months
),
spells as (
  select s.first_day, s.last_open_end
  from paying_spells s
  join reached r on r.account_id = s.account_id
  union all
  select date '1900-01-01', date '2999-12-31'
  from reached
  where not exists (from paying_spells)
),
exposed as (
  select w.month, cast(sum(date_diff('day', greatest(s.first_day, w.month), least(s.last_open_end, w.closes))) as bigint)
      as account_days
  from windows w
  join spells s on s.first_day < w.closes and s.last_open_end > w.month
  group by w.month
),
written as (
  select cast(date_trunc('month', t.created_at) as date) as month, count(*) filter (where i.topic is not null) as tickets,
    count(*) filter (where i.topic is null) as others
  from tickets t
  join reached r on r.account_id = t.account_id
  join unlabelled_topics(null) p on p.ticket_id = t.ticket_id
  left join roadmap_item_topics i on i.item = of_item and i.topic = p.topic
  where cast(t.created_at as date) <= cast(as_of_day as date)
  group by all
)
select w.month, coalesce(t.tickets, 0) as tickets, coalesce(t.others, 0) as others,
  coalesce(e.account_days, 0) as account_days, w.in_progress
from windows w
left join written t on t.month = w.month
left join exposed e on e.month = w.month
order by w.month
