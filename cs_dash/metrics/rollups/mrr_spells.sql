-- Spells of one account's recurring revenue
-- words: From when until when an account paid the same amount a month, all its lines together. From its first paying day on
--   every day lies in just one spell; where the account pays nothing, the amount is 0.
-- tables: subscriptions
create table mrr_spells as
with lines as (
  select account_id, mrr, start_date, coalesce(end_date, gone_by, date '9999-12-31') as last_open_end
  from subscriptions
  where account_id is not null and start_date is not null and mrr <> 0 and not coalesce(is_trial, false)
    and coalesce(end_date, gone_by, date '9999-12-31') > start_date
),
edges as (
  select account_id, start_date as day from lines union select account_id, last_open_end from lines
),
parts as (
  select account_id, day as starts, lead(day, 1, date '9999-12-31') over (partition by account_id order by day) as ends,
    min(day) over (partition by account_id) as first_day
  from edges
)
select p.account_id, p.starts, p.ends, min(p.first_day) as first_day, coalesce(round(sum(l.mrr), 6), 0) as mrr
from parts p
left join lines l on l.account_id = p.account_id and l.start_date <= p.starts and l.last_open_end >= p.ends
where p.starts < p.ends
group by p.account_id, p.starts, p.ends
order by p.account_id, p.starts
