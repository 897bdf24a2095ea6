-- Other topics after an item shipped
-- words: For each shipped item the tickets of the accounts that got it on each other topic, before and after.
-- formula: before, after: see the accounts a shipped item reached
-- edge cases: As for the tickets before and after an item shipped.
-- tables: tickets, accounts
-- column item: id of the item
-- column topic: id of the other topic
-- column label: its name
-- column before: tickets before
-- column after: tickets after
create macro ship_topics(as_of_day, wanted := '{}', of_item := null) as table
select r.item, p.topic, any_value(p.label) as label,
  count(*) filter (where cast(t.created_at as date) >= before_opens and cast(t.created_at as date) < before_closes) as before,
  count(*) filter (where cast(t.created_at as date) >= after_opens and cast(t.created_at as date) < after_closes) as after
from shipped_accounts(as_of_day, wanted) r
join tickets t on t.account_id = r.account_id
join unlabelled_topics(null) p on p.ticket_id = t.ticket_id
  and cast(t.created_at as date) >= r.before_opens and cast(t.created_at as date) < r.after_closes
left join roadmap_item_topics i on i.item = r.item and i.topic = p.topic
where i.topic is null and not p.ignored and (of_item is null or r.item = of_item)
group by r.item, p.topic
order by r.item, p.topic
