-- Health input: CSM sentiment
-- words: The CSM's latest sentiment, at most 90 days old, from 0 to 100.
-- formula: a number as it is, times 10 where no rating is above 10; a word by the table of words
-- edge cases: A rating without a date counts from the latest day of the data. An unknown word is not a rating.
-- tables: notes, accounts
-- column day: the as-of date
-- column account_id: the account
-- column input: pulse
-- column raw: its value
-- column now_value: the same
-- column before_value: the judgement before it
create macro health_pulse(on_days, of_account := null) as table
with days as (select unnest(on_days) as day),
said as (
  select account_id, noted_on as said_on, lower(trim(pulse)) as word from notes
  where account_id is not null and pulse is not null
  union all
  select account_id, coalesce(pulse_date, (select newest_day from newest_day)) as said_on, lower(trim(pulse)) as word
  from accounts
  where pulse is not null
),
numbers as (select account_id, said_on, word, try_cast(word as double) as value from said),
scale as (select case when max(value) <= 10 then 10 else 1 end as factor from numbers),
judged as (
  select n.account_id, n.said_on, avg(coalesce(n.value * s.factor, p.points)) as points
  from numbers n
  cross join scale s
  left join pulse_points p on p.word = n.word
  where (of_account is null or n.account_id = of_account)
  group by n.account_id, n.said_on
),
ordered as (
  select account_id, said_on, points, lag(points) over (partition by account_id order by said_on) as points_before
  from judged
  where points is not null
)
select d.day, o.account_id, 'pulse' as input, arg_max(o.points, o.said_on) as raw, arg_max(o.points, o.said_on) as now_value,
  arg_max(o.points_before, o.said_on) as before_value
from days d
join ordered o on o.said_on <= d.day and o.said_on > d.day - 90
group by d.day, o.account_id
