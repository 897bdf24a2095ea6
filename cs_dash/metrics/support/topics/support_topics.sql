-- Topics
-- words: One row per topic of how-to tickets and feature requests, with its tickets, accounts, MRR and trend.
--   Accounts can be in several topics, so MRR does not add up.
-- formula: affected MRR = sum of the MRR, on the as-of date, of the distinct accounts with a ticket in the topic
-- edge cases: Ignored topics are excluded. Renewals are those within 180 days of the as-of date. At-risk accounts: accounts
--   whose health is yellow or red; empty where no account is scored. Churned MRR: the MRR lost with churn events of
--   accounts that had written on the topic before they left. First 90 days: share of the tickets whose account is known
--   that came within 90 days of its first paying day, else its signup.
-- source: METRICS, topics and opportunities
-- tables: tickets, subscriptions, accounts
-- column topic: id of the topic
-- column label: its name
-- column tickets: tickets of the period
-- column howto: how-to tickets among them
-- column requests: feature requests among them
-- column accounts: distinct accounts behind them; empty where nobody knows whose tickets they are
-- column busiest: tickets of the account that has most
-- column mrr: MRR of those accounts on the as-of date
-- column mrr_renewing: MRR of those that renew within 180 days
-- column not_green: accounts whose health is yellow or red
-- column churned_mrr: MRR lost with accounts that had written on it and left since
-- column early_share: share of its tickets from the first 90 days of their account
-- column again_share: share of its tickets whose account had asked it in the 30 days before
-- column minutes: minutes of work on it
-- column recent: tickets in the 90 days up to the as-of date
-- column before: tickets in the 90 days before those
-- column first_on: day of the topic's first ticket
-- column trend: tickets of the last twelve months, oldest first
-- column example: subject of the latest ticket
-- column terms: words that tell it from the others
create macro support_topics(start_day, end_day, as_of_day, as_many, wanted := '{}') as table
with told as (
  select *,
    created_at <= lag(created_at) over (partition by topic, account_id order by created_at, ticket_id) + interval 30 day
      as again,
    created_on >= coalesce(cast(start_day as date), created_on)
    and created_on < coalesce(cast(end_day as date), created_on + 1) as inside
  from topic_tickets(null, cast(as_of_day as date) + 1, as_many, wanted)
  where topic is not null and not ignored
),
started as (
  select a.account_id, coalesce(f.first_day, a.signup_date) as started_on
  from accounts a
  left join first_paying_days f on f.account_id = a.account_id
),
totals as (
  select t.topic, any_value(t.label) as label,
    count(*) filter (where inside) as tickets,
    count(*) filter (where inside and kind = 'how-to') as howto,
    count(*) filter (where inside and kind = 'feature request') as requests,
    round(sum(minutes) filter (where inside), 6) as minutes,
    count(*) filter (where inside and again and t.account_id is not null)
      / nullif(count(t.account_id) filter (where inside), 0) as again_share,
    count(*) filter (where inside and s.started_on is not null and created_on >= s.started_on
      and created_on < s.started_on + 90) / nullif(count(s.started_on) filter (where inside), 0) as early_share,
    count(*) filter (where created_on > cast(as_of_day as date) - 90) as recent,
    count(*) filter (where created_on <= cast(as_of_day as date) - 90 and created_on > cast(as_of_day as date) - 180)
      as before,
    min(created_on) as first_on,
    arg_max(subject, (created_at, t.ticket_id)) filter (where subject is not null and inside) as example
  from told t
  left join started s on s.account_id = t.account_id
  group by t.topic
),
writing as (
  select topic, account_id, count(*) as tickets, min(created_on) as wrote_on
  from told
  where inside and account_id is not null
  group by topic, account_id
),
scored as (select account_id, band from health_scores([cast(as_of_day as date)]) where band <> 'not scored'),
behind as (
  select w.topic, count(*) as accounts, max(w.tickets) as busiest, round(sum(m.mrr), 6) as mrr,
    round(sum(m.mrr) filter (where r.renewal_on <= cast(as_of_day as date) + 180), 6) as mrr_renewing,
    case when exists (from scored) then count(*) filter (where h.band in ('yellow', 'red')) end as not_green
  from writing w
  left join mrr_on(cast(as_of_day as date)) m on m.account_id = w.account_id
  left join renewals_on([cast(as_of_day as date)]) r on r.account_id = w.account_id
  left join scored h on h.account_id = w.account_id
  group by w.topic
),
lost as (
  select w.topic, round(sum(l.mrr_lost), 6) as churned_mrr
  from writing w
  join churn_losses([null], [null], [cast(as_of_day as date)]) l
    on l.account_id = w.account_id and l.is_full and l.churned_on > w.wrote_on
  group by w.topic
),
months as (
  select cast(unnest(generate_series(
    date_trunc('month', cast(as_of_day as date)) - interval 11 month, date_trunc('month', cast(as_of_day as date)),
    interval 1 month
  )) as date) as month
),
counted as (select topic, month, count(*) as tickets from told group by topic, month),
trends as (
  select a.topic, list(coalesce(c.tickets, 0) order by m.month) as trend
  from (select distinct topic from told) a
  cross join months m
  left join counted c on c.topic = a.topic and c.month = m.month
  group by a.topic
),
named as (select topic, any_value(terms) as terms from topics_shown(as_many) group by topic)
select t.topic, t.label, t.tickets, t.howto, t.requests, b.accounts, b.busiest, b.mrr, b.mrr_renewing,
  b.not_green, l.churned_mrr, t.early_share, t.again_share, t.minutes, t.recent, t.before, t.first_on, r.trend, t.example,
  n.terms
from totals t
left join behind b on b.topic = t.topic
left join lost l on l.topic = t.topic
left join trends r on r.topic = t.topic
left join named n on n.topic = t.topic
where t.tickets > 0
order by t.tickets desc, t.topic
