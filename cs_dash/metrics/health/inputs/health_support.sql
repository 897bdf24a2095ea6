-- Health input: support
-- words: Tickets relative to seats, the how-to part of them, and tickets left open.
-- formula: tickets in 90 days x 10 / seats; the same of how-to tickets; tickets open for more than 7 days
-- edge cases: Fewer than ten seats count as ten. An account without tickets has 0 where tickets are recorded at all:
--   the latest ticket of all accounts is at most 90 days old and the oldest at least 90. A ticket without a solved
--   date is open unless its status says otherwise. How-to needs categories.
-- tables: tickets, subscriptions, accounts
-- column day: the as-of date
-- column account_id: the account
-- column input: ticket_load, howto_load or open_overdue
-- column raw: its value
-- column now_value: tickets in 90 days, how-to tickets in 90 days, or open tickets
-- column before_value: the same of the 90 days before, where it is one
create macro health_support(on_days, of_account := null) as table
with days as (select unnest(on_days) as day),
dated as (
  select account_id, kind, cast(created_at as date) as opened_on,
    coalesce(cast(solved_at as date), case when regexp_matches(lower(coalesce(status, '')),
      'solved|closed|resolved|done|completed|geschlossen|gelöst|erledigt|закры|реш|cerrad|resuelt|fermé|résolu|关闭|解决')
      then cast(created_at as date) else date '9999-12-31' end) as closed_on
  from tickets
  where account_id is not null and kind is distinct from 'not a ticket'
),
opened as (select distinct opened_on from dated),
known as (
  select d.day
  from days d
  join opened o on o.opened_on <= d.day
  group by d.day
  having max(o.opened_on) > d.day - 90 and min(o.opened_on) <= d.day - 90
),
counted as (
  select k.day, t.account_id,
    count(*) filter (where t.opened_on > k.day - 90) as recent,
    count(*) filter (where t.opened_on <= k.day - 90) as earlier,
    count(*) filter (where t.kind = 'how-to' and t.opened_on > k.day - 90) as howto,
    count(*) filter (where t.kind = 'how-to' and t.opened_on <= k.day - 90) as howto_earlier
  from known k
  join dated t on t.opened_on <= k.day and t.opened_on > k.day - 180
  where (of_account is null or t.account_id = of_account)
  group by k.day, t.account_id
),
left_open as (
  select k.day, t.account_id, count(*) as tickets
  from known k
  join dated t on t.opened_on < k.day - 7 and t.closed_on > k.day
  where (of_account is null or t.account_id = of_account)
  group by k.day, t.account_id
),
kinds as (select count(kind) > 0 as there from dated)
select k.day, a.account_id, unnest([
    {
      input: 'ticket_load', raw: 10 * coalesce(c.recent, 0) / greatest(s.seats, 10),
      now_value: coalesce(c.recent, 0), before_value: coalesce(c.earlier, 0)
    },
    {
      input: 'howto_load', raw: case when (select there from kinds) then 10 * coalesce(c.howto, 0) / greatest(s.seats, 10) end,
      now_value: coalesce(c.howto, 0), before_value: coalesce(c.howto_earlier, 0)
    },
    {input: 'open_overdue', raw: coalesce(o.tickets, 0), now_value: coalesce(o.tickets, 0), before_value: null}
  ], recursive := true)
from known k
cross join accounts a
left join seats_on(on_days, of_account) s on s.day = k.day and s.account_id = a.account_id
left join counted c on c.day = k.day and c.account_id = a.account_id
left join left_open o on o.day = k.day and o.account_id = a.account_id
where (of_account is null or a.account_id = of_account)
