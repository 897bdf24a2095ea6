-- Terms of paying contract lines
-- words: When each paying contract line is due for renewal: the date in its file, else the account's, else computed
--   in whole terms from its start.
-- formula: renewal days = anchor + k x term; anchor = the line's renewal date, else the account's, else the start
-- edge cases: A line that names no term counts as yearly. Month-to-month lines have no renewal date: those with a
--   term of one month, and those billed monthly, unless their renewal dates show a longer term (more than 45 days
--   apart, or that long after a line's end). A line without a renewal date, a term and a billing interval has no
--   renewal date; none is assumed.
-- tables: subscriptions, accounts
-- column anchor: the day its renewals are counted from, in both directions; empty where there is none
-- column term: months from one renewal to the next
-- column told_by: line, account, counted (from its start), monthly or untold
-- column is_leaving: its status says that it was cancelled
create view renewal_terms as
with lines as (
  select p.subscription_id, p.account_id, p.plan, p.mrr, p.start_date, p.end_date, p.last_open_end,
    s.renewal_date, a.renewal_date as account_renewal, cast(s.term_months as integer) as term_months, s.billing,
    coalesce(s.auto_renew, false) as renews_itself,
    coalesce(s.standing = 'leaving', false)
      or coalesce(regexp_matches(lower(s.status), 'cancel|notice|kündig|résili|отмен|取消'), false) as is_leaving,
    coalesce(regexp_matches(
      lower(s.billing), '^(per |each |every |pro |par |por |a )?(month|monat|mensu|mensal|mês|mes$|mois)|^mtm$|месяч|месяц|月'
    ) and not regexp_matches(lower(s.billing), '\d'), false) as billed_monthly
  from paying_subscriptions p
  join subscriptions s on s.subscription_id = p.subscription_id
  left join accounts a on a.account_id = p.account_id
),
habits as (
  select coalesce(
    bool_or(renewal_date > end_date + 45)
    or max(renewal_date) filter (where end_date is null) > min(renewal_date) filter (where end_date is null) + 45,
    false
  ) as monthly_says_nothing
  from lines
  where billed_monthly
),
placed as (
  select *, coalesce(renewal_date, account_renewal) as stated,
    case
      when term_months = 1 then 'monthly'
      when term_months is null and billed_monthly and not (select monthly_says_nothing from habits) then 'monthly'
      when renewal_date is not null then 'line'
      when account_renewal is not null then 'account'
      when term_months > 1 or (billing is not null and not billed_monthly) then 'counted'
      else 'untold'
    end as told_by,
    greatest(coalesce(term_months, 12), 1) as term
  from lines
)
select subscription_id, account_id, plan, mrr, start_date, end_date, last_open_end, term, told_by, is_leaving,
  renews_itself,
  case told_by
    when 'line' then stated when 'account' then stated
    when 'counted' then start_date
  end as anchor
from placed
