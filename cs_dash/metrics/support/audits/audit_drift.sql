-- Changes since an audit
-- words: Topics or product areas that the audit could not have sampled, with their tickets in the period.
-- formula: count of tickets by topic, and by area, inside and outside of the days of the audit
-- edge cases: Tickets with neither are excluded; one with both counts for both.
-- tables: tickets
-- column area: topic or area
-- column tickets: its tickets outside of the days of the audit
-- column share: of all tickets of the period
create macro audit_drift(start_day, end_day, drawn_from, drawn_to, wanted := '{}') as table
with placed as (
  select s.area, t.label as topic,
    (cast(drawn_from as date) is null or created_on >= cast(drawn_from as date)) and created_on < cast(drawn_to as date) as inside
  from howto_scores(start_day, end_day, wanted) s left join ticket_topics(null) t on t.ticket_id = s.ticket_id
),
named as (select topic as area, inside from placed union all select area, inside from placed),
counted as (select area, count(*) filter (where not inside) as tickets, count(*) filter (where inside) as drawable from named group by area)
select area, tickets, tickets / (select count(*) from placed) as share
from counted
where area is not null and drawable = 0
order by tickets desc, area
