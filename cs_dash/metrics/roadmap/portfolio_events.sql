-- Events of the portfolio
-- words: What happened to all accounts at once and can explain a change of a figure: shipped roadmap items, releases, price
--   changes, the day a bot or a portal was switched on.
-- formula: shipped items of the roadmap, events that people entered, and milestones that name no account
-- edge cases: The same title on the same day counts once. An item that shipped to some accounts only is an event, too.
-- tables: milestones
-- column event_id: id of the item, of the event or of the milestone
-- column source: item, entered or data
-- column happened_on: the day
-- column title: what happened
-- column kind: shipped, release, price change, bot or portal, other; else the milestone as the data call it
create view portfolio_events as
with listed as (
  select item as event_id, 'item' as source, shipped_on as happened_on, title, 'shipped' as kind, 1 as place
  from roadmap_items
  where shipped_on is not null
  union all
  select subject, 'entered', cast(value ->> '$.on' as date), value ->> '$.title', value ->> '$.kind', 2
  from decisions
  where kind = 'portfolio event'
  union all
  select milestone_id, 'data', reached_on, coalesce(title, milestone), lower(milestone), 3
  from milestones
  where account_id is null and account_ref is null and account_name is null and reached_on is not null
)
select event_id, source, happened_on, title, kind
from listed
qualify row_number() over (partition by happened_on, lower(trim(title)) order by place, event_id) = 1
order by happened_on, event_id
