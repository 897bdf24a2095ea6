-- Contract lines behind MRR movements
-- words: The contract lines that started or ended between two days and so moved each account's MRR.
-- formula: sum(line_change) over a movement = the movement in the revenue bridge
-- edge cases: Lines that pay the same on both days moved nothing and are not listed. A line's change counts under
--   what its account did as a whole: a larger line in the place of a smaller one is expansion, with one row for each.
-- source: the movements of the revenue bridge
-- tables: subscriptions, accounts
-- column window_start: the first balance
-- column window_end: the last balance
-- column account_id: the account
-- column account: its name
-- column csm: its customer success manager (CSM)
-- column movement: new, reactivation, expansion, contraction or churn
-- column mrr_before: the account's MRR on the first day
-- column mrr_after: its MRR on the last day
-- column subscription_id: the line
-- column plan: its plan
-- column start_date: its first day
-- column end_date: its first unpaid day
-- column line_before: what the line paid on the first day
-- column line_after: what it pays on the last day
-- column line_change: the difference
create macro movement_lines(start_days, end_days, wanted := '{}') as table
with accounts_moved as (
  select *,
    case
      when s = 0 and first_day > window_start then 'new'
      when s = 0 then 'reactivation'
      when e = 0 then 'churn'
      when e > s then 'expansion'
      else 'contraction'
    end as movement
  from account_windows(start_days, end_days, wanted)
  where e <> s
)
select m.window_start, m.window_end, m.account_id, coalesce(a.account, m.account_id) as account, a.csm, m.movement,
  m.s as mrr_before, m.e as mrr_after, l.subscription_id, l.plan, l.start_date, l.end_date,
  case when l.start_date <= m.window_start then l.mrr else 0 end as line_before,
  case when l.start_date > m.window_start then l.mrr else 0 end as line_after,
  case when l.start_date > m.window_start then l.mrr else -l.mrr end as line_change
from accounts_moved m
join paying_subscriptions l
  on l.account_id = m.account_id and l.start_date <= m.window_end and l.last_open_end > m.window_start
  and (l.start_date <= m.window_start) <> (l.last_open_end > m.window_end)
left join accounts a on a.account_id = m.account_id
order by m.window_end, abs(m.e - m.s) desc, m.account_id, l.start_date, l.subscription_id
