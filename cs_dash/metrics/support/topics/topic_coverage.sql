-- Article coverage of questions
-- words: How-to topics with their help articles: covered, article not enough, or no article. Article not enough means
--   that, despite the article, more tickets come per account than for the typical how-to topic.
-- formula: asked rate = tickets after the latest article was changed, at most those of the last 90 days, x 30 / days
--   / accounts paying x 100; usual rate = median over all how-to topics of the tickets of the last 90 days, made the
--   same way; still asked = asked rate > usual rate, with at least 5 tickets
-- edge cases: An article that was changed less than 28 days ago is given time: covered. Where no article says when it
--   was changed, the last 90 days count. Without any article loaded, or before they were compared with the topics,
--   nothing is known. A topic of which more than half of the period's tickets are feature requests is no question.
--   Without paying accounts the rates are empty and tickets a day are compared.
-- source: own; the 28 days are those of METRICS, ship impact
-- tables: tickets, articles, subscriptions, accounts
-- column topic: id of the topic
-- column status: covered, still asked, not covered, unknown
-- column articles: articles about it; empty where nothing is known
-- column article: title of the nearest of them
-- column address: its address
-- column others: addresses of the others, the nearest first
-- column nearness: how near the nearest is
-- column updated_on: when the latest was changed
-- column days: days that the asked rate looks at
-- column asked: tickets in them
-- column rate: asked rate: tickets per 100 paying accounts and 30 days
-- column usual_rate: usual rate
-- column examples: the latest tickets, at most three
create macro topic_coverage(start_day, end_day, as_of_day, as_many, wanted := '{}') as table
with told as (
  select *, created_on >= coalesce(cast(start_day as date), created_on)
    and created_on < coalesce(cast(end_day as date), created_on + 1) as inside
  from topic_tickets(null, cast(as_of_day as date) + 1, as_many, wanted)
  where topic is not null and not ignored
),
questions as (
  select topic, count(*) filter (where created_on > cast(as_of_day as date) - 90) as recent,
    list(case when subject is null then ticket_id else ticket_id || ': ' || subject end order by created_at desc, ticket_id)
      filter (where inside)[1:3] as examples
  from told
  group by topic
  having count(*) filter (where inside) > 0
    and count(*) filter (where inside and kind = 'feature request') * 2 <= count(*) filter (where inside)
),
written as (
  select topic, count(*) as articles, max(nearness) as nearness, max(updated_on) as updated_on,
    arg_max(title, (nearness, article_id)) as article, arg_max(address, (nearness, article_id)) as address,
    list(address order by nearness desc, article_id desc)[2:] as others
  from article_topics(as_many)
  group by topic
),
since as (
  select q.topic, q.recent, q.examples, w.* exclude (topic),
    cast(greatest(0, least(90, cast(as_of_day as date) - coalesce(w.updated_on, cast(as_of_day as date) - 90)))
      as integer) as days
  from questions q
  left join written w on w.topic = q.topic
),
counted as (
  select s.topic, count(*) as asked
  from since s
  join told t on t.topic = s.topic and t.created_on > cast(as_of_day as date) - s.days
  group by s.topic
),
paying as (
  select nullif(count(*), 0) as accounts
  from mrr_on(cast(as_of_day as date))
  where mrr > 0 and account_id in (from in_scope(wanted))
),
daily as (
  select s.*, coalesce(c.asked, 0) as asked, coalesce(c.asked, 0) / nullif(s.days, 0) as a_day,
    median(s.recent / 90) over () as usual_a_day
  from since s
  left join counted c on c.topic = s.topic
)
select d.topic,
  case
    when not exists (from article_nodes) then 'not known'
    when d.articles is null then 'not covered'
    when d.days >= 28 and d.asked >= 5 and d.a_day > d.usual_a_day then 'still asked'
    else 'covered'
  end as status,
  case when exists (from article_nodes) then coalesce(d.articles, 0) end as articles, d.article, d.address, d.others, d.nearness, d.updated_on, d.days, d.asked,
  d.a_day * 3000 / p.accounts as rate, d.usual_a_day * 3000 / p.accounts as usual_rate, d.examples
from daily d
cross join paying p
order by d.topic
