-- Tickets in random order
-- words: The first tickets of a period in a repeatable random order: a uniform random sample.
-- formula: ordered by the MD5 of seed and ticket id, the first so many
-- edge cases: The same seed gives every ticket the same place among the others, whatever else is loaded: a sample is
--   extended by continuing in the same order. Spam, merged duplicates and automatic messages are not drawn.
-- source: permanent random numbers: Ohlsson 1995
-- tables: tickets
-- column ticket_id: the ticket
-- column tickets: how many the period has
create macro audit_order(shuffle, start_day, end_day, sample_size) as table
with placed as (
  select ticket_id, count(*) over () as tickets, row_number() over (order by md5(shuffle || ':' || ticket_id), ticket_id) as place
  from tickets_in(start_day, end_day)
)
select ticket_id, tickets from placed where place <= sample_size order by place
