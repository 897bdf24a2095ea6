-- Collaboration by quarter
-- words: How product and customer success worked together in a quarter, as decisions and releases show it.
-- formula: decisions of the quarter; accepted items due in it that were kept / all of them; items shipped in it;
--   accounts that asked for these items and were told / all that asked; shared goals that ran in it
-- edge cases: A decision counts in the quarter of its day, by what holds now. An item that is due after the as-of date
--   counts once it has shipped. What shipped can be measured once six weeks have passed and it stands for a topic. No
--   item, no account that asked: empty, never 0.
-- source: METRICS, team and alignment
-- tables: tickets, feature_requests, churn_events, accounts
-- column quarter_start: first day of the quarter
-- column quarter_end: first day after it
-- column decisions: items decided in it
-- column due: accepted items due in it, as far as their day has come or they have shipped
-- column kept: those of them that were kept, as said at a review, else that shipped by their day
-- column shipped: items shipped in it
-- column measurable: those of them whose effect on tickets can be measured by now
-- column askers: accounts that asked for them, counted once for each item
-- column told: those of them that were told
-- column goals: shared goals that ran in it
create macro collaboration_quarters(quarter_starts, as_of_day) as table
with quarters as (
  select quarter_start, cast(quarter_start + interval 3 month as date) as quarter_end
  from (select cast(unnest(quarter_starts) as date) as quarter_start)
),
items as (
  select item, decision, decided_on, due, review,
    case when shipped_on <= cast(as_of_day as date) then shipped_on end as shipped_on,
    item in (select item from roadmap_item_topics) as has_topic
  from roadmap_items
),
askers as (
  select e.item, count(distinct e.account_id) as askers,
    count(distinct e.account_id) filter (where t.account_id is not null) as told
  from roadmap_evidence(cast(as_of_day as date) + 1) e
  left join roadmap_told t on t.item = e.item and t.account_id = e.account_id
  where e.account_id is not null
  group by e.item
),
decided as (
  select q.quarter_start, count(*) as decisions
  from quarters q
  join items i on i.decided_on >= q.quarter_start and i.decided_on < q.quarter_end and i.decided_on <= cast(as_of_day as date)
  group by q.quarter_start
),
promised as (
  select q.quarter_start, count(*) as due, 
    count(*) filter (where i.review = 'kept' or (i.review is null and i.shipped_on <= i.due)) as kept
  from quarters q
  join items i on i.due >= q.quarter_start and i.due < q.quarter_end
  where i.decision = 'accepted' and (i.due < cast(as_of_day as date) or i.shipped_on is not null or i.review is not null)
  group by q.quarter_start
),
released as (
  select q.quarter_start, count(*) as shipped,
    count(*) filter (where i.has_topic and i.shipped_on + 41 <= cast(as_of_day as date)) as measurable,
    sum(a.askers) as askers, sum(a.told) as told
  from quarters q
  join items i on i.shipped_on >= q.quarter_start and i.shipped_on < q.quarter_end
  left join askers a on a.item = i.item
  group by q.quarter_start
),
running as (
  select q.quarter_start, count(*) as goals
  from quarters q
  join shared_goals g on g.since < q.quarter_end and g.due >= q.quarter_start
  group by q.quarter_start
)
select q.quarter_start, q.quarter_end, coalesce(d.decisions, 0) as decisions, coalesce(p.due, 0) as due,
  coalesce(p.kept, 0) as kept, coalesce(r.shipped, 0) as shipped, coalesce(r.measurable, 0) as measurable,
  cast(r.askers as bigint) as askers, cast(r.told as bigint) as told, coalesce(g.goals, 0) as goals
from quarters q
left join decided d on d.quarter_start = q.quarter_start
left join promised p on p.quarter_start = q.quarter_start
left join released r on r.quarter_start = q.quarter_start
left join running g on g.quarter_start = q.quarter_start
order by q.quarter_start
