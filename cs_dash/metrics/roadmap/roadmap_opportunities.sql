-- Roadmap opportunities
-- words: One row per roadmap item with its evidence: tickets, accounts and revenue behind it, and its score.
-- formula: RICE = reach x impact x confidence / effort; reach = distinct accounts with a ticket, request or churn event in
--   the 90 days up to the as-of date; weighted by revenue, reach is the MRR of these accounts
-- edge cases: Without impact, confidence or effort an item is unscored: empty, never 0. Accounts can be behind several
--   items, so MRR does not add up. Churned MRR: the MRR lost with accounts that had asked before they left, or that named
--   the reason; empty where no churn events are loaded, or none of them has a known loss. Handling cost: as that of how-to
--   tickets. CSAT: the ratings of its tickets; where none has one, the surveys of these accounts. At-risk accounts are empty where no account is scored; counts of tickets, requests and churn events where
--   no such table is loaded; the score by revenue where no contracts are.
-- source: RICE: Intercom; METRICS, topics and opportunities
-- tables: tickets, feature_requests, churn_events, subscriptions, accounts
-- column item: id of the item
-- column tickets: tickets of the period on its topics; empty for an item that is made from no topic
-- column requests: feature requests of the period
-- column churn_events: churn events of the period with its reasons
-- column accounts: distinct accounts behind them
-- column core_accounts: those of them that fit the ideal customer profile (core); empty where nobody knows which do
-- column mrr: MRR of these accounts on the as-of date
-- column mrr_renewing: MRR of those that renew within 180 days
-- column not_green: those whose health is yellow or red
-- column bands: of one item, account and health of all scored accounts that ever asked; empty in a list of all items
-- column churned_accounts: accounts that had asked and left since; not those that never stopped paying
-- column churned_mrr: MRR lost with these
-- column early_share: share of its tickets from the first 90 days of their account
-- column minutes: minutes of work on its tickets
-- column cost: what handling its tickets cost, in the reporting currency; empty without a known cost
-- column costed: tickets with a known cost
-- column csat: mean CSAT score in the period, 1 to 5
-- column rated: CSAT ratings behind it
-- column recent: tickets in the 90 days up to the as-of date
-- column before: tickets in the 90 days before those
-- column trend: tickets of the last twelve months, oldest first
-- column example: subject of the latest ticket, else of the latest request
-- column reach: distinct accounts in the last 90 days
-- column reach_mrr: MRR of these
-- column rice: the score
-- column rice_revenue: the score with the reach in MRR
create macro roadmap_opportunities(start_day, end_day, as_of_day, wanted := '{}', of_item := null) as table
with told as (
  select *, said_on >= coalesce(cast(start_day as date), said_on) and said_on < coalesce(cast(end_day as date), said_on + 1)
      as inside,
    said_on > cast(as_of_day as date) - 90 as recent,
    case when source = 'ticket' then coalesce(coalesce(minutes, s.usual) * s.hour / 60, s.flat) end as cost
  from roadmap_evidence(cast(as_of_day as date) + 1, wanted, of_item),
    (
      select try_cast(max(value) filter (where name = 'cost_per_hour') as double) as hour,
        try_cast(max(value) filter (where name = 'howto_minutes') as double) as usual,
        try_cast(max(value) filter (where name = 'howto_ticket_cost') as double) as flat
      from settings
    ) s
),
started as (
  select a.account_id, coalesce(f.first_day, a.signup_date) as started_on
  from accounts a
  left join first_paying_days f on f.account_id = a.account_id
),
totals as (
  select t.item, count(*) filter (where inside and source = 'ticket') as tickets,
    count(*) filter (where inside and source = 'request') as requests,
    count(*) filter (where inside and source = 'churn') as churn_events,
    round(sum(minutes) filter (where inside), 6) as minutes, round(sum(cost) filter (where inside), 6) as cost,
    count(cost) filter (where inside) as costed, avg(satisfaction) filter (where inside) as rating,
    count(satisfaction) filter (where inside) as ratings,
    count(*) filter (where inside and source = 'ticket' and s.started_on is not null and said_on >= s.started_on
      and said_on < s.started_on + 90)
      / nullif(count(s.started_on) filter (where inside and source = 'ticket'), 0) as early_share,
    count(*) filter (where recent and source = 'ticket') as recent,
    count(*) filter (where source = 'ticket' and not recent and said_on > cast(as_of_day as date) - 180) as before,
    arg_max(text, (source = 'ticket', said_at, evidence_id)) filter (where text is not null and source <> 'churn')
      as example
  from told t
  left join started s on s.account_id = t.account_id
  group by t.item
),
behind as (
  select item, account_id, bool_or(inside) as inside, bool_or(recent) as recent, min(said_on) as first_on
  from told
  where account_id is not null
  group by item, account_id
),
scored as materialized (
  select account_id, band from health_scores([cast(as_of_day as date)]) where band <> 'not scored'
),
fits as (select account_id, fit = 'core' as core from icp_fits),
satisfied as (
  select account_id, sum(score) as score, count(*) as responses
  from surveys
  where upper(survey) = 'CSAT' and answered_on <= cast(as_of_day as date)
    and answered_on >= coalesce(cast(start_day as date), answered_on)
    and answered_on < coalesce(cast(end_day as date), answered_on + 1)
  group by account_id
),
worth as (
  select b.item, count(*) filter (where inside) as accounts,
    case when exists (from fits) then count(*) filter (where inside and f.core) end as core_accounts,
    round(sum(m.mrr) filter (where inside), 6) as mrr,
    round(sum(m.mrr) filter (where inside and r.renewal_on <= cast(as_of_day as date) + 180), 6) as mrr_renewing,
    case when exists (from scored) then count(*) filter (where inside and h.band in ('yellow', 'red')) end as not_green,
    list({'account_id': b.account_id, 'band': h.band}) filter (where of_item is not null and h.band is not null) as bands,
    count(*) filter (where recent) as reach, round(sum(m.mrr) filter (where recent), 6) as reach_mrr,
    sum(c.score) filter (where inside) / sum(c.responses) filter (where inside) as csat,
    cast(sum(c.responses) filter (where inside) as bigint) as rated
  from behind b
  left join mrr_on(cast(as_of_day as date)) m on m.account_id = b.account_id
  left join renewals_on([cast(as_of_day as date)]) r on r.account_id = b.account_id
  left join scored h on h.account_id = b.account_id
  left join fits f on f.account_id = b.account_id
  left join satisfied c on c.account_id = b.account_id
  group by b.item
),
lost as (
  select b.item, count(distinct b.account_id) as churned_accounts, round(sum(l.mrr_lost), 6) as churned_mrr
  from behind b
  join churn_losses([null], [null], [cast(as_of_day as date)]) l
    on l.account_id = b.account_id and l.is_full and l.churned_on >= b.first_on
  where l.churn_id not in (select churn_id from churn_paying_on([cast(as_of_day as date)]))
  group by b.item
),
months as (
  select cast(unnest(generate_series(
    date_trunc('month', cast(as_of_day as date)) - interval 11 month, date_trunc('month', cast(as_of_day as date)),
    interval 1 month
  )) as date) as month
),
counted as (
  select item, cast(date_trunc('month', said_on) as date) as month, count(*) as tickets
  from told
  where source = 'ticket'
  group by item, month
),
trends as (
  select i.item, list(coalesce(c.tickets, 0) order by m.month) as trend
  from roadmap_items i
  cross join months m
  left join counted c on c.item = i.item and c.month = m.month
  group by i.item
)
select i.item, case when exists (from tickets) and len(i.topics) > 0 then coalesce(t.tickets, 0) end as tickets,
  case when exists (from feature_requests) then coalesce(t.requests, 0) end as requests,
  case when exists (from churn_events) then coalesce(t.churn_events, 0) end as churn_events,
  coalesce(w.accounts, 0) as accounts, w.core_accounts, w.mrr, w.mrr_renewing,
  w.not_green, w.bands, case when exists (from churn_events) then coalesce(l.churned_accounts, 0) end as churned_accounts,
  case when l.item is not null then l.churned_mrr when exists (from churn_events) then 0.0 end as churned_mrr,
  t.early_share, t.minutes, t.cost, coalesce(t.costed, 0) as costed, coalesce(t.rating, w.csat) as csat,
  coalesce(nullif(t.ratings, 0), w.rated, 0) as rated, coalesce(t.recent, 0) as recent,
  coalesce(t.before, 0) as before, r.trend, t.example, coalesce(w.reach, 0) as reach, w.reach_mrr,
  coalesce(w.reach, 0) * i.impact * i.confidence / i.effort as rice,
  case when exists (from paying_subscriptions) then coalesce(w.reach_mrr, 0) * i.impact * i.confidence / i.effort end
    as rice_revenue
from roadmap_items i
left join totals t on t.item = i.item
left join worth w on w.item = i.item
left join lost l on l.item = i.item
left join trends r on r.item = i.item
where of_item is null or i.item = of_item
order by rice desc nulls last, coalesce(w.mrr, 0) desc, cast(split_part(i.item, '-', 2) as integer)
