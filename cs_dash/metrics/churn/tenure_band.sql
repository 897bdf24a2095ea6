-- Tenure band
-- words: How long an account has been a customer on a day, in bands.
-- formula: whole months from the first day to the day: under 6, 6 to 11, 12 to 23, 24 and more
-- edge cases: First day unknown: "(none)". It came after the day: "new in the period".
-- source: this product
-- tables: accounts, subscriptions
create macro tenure_band(begun_on, seen_on) as
case
  when begun_on is null then '(none)'
  when begun_on > seen_on then 'new in the period'
  when begun_on > seen_on - interval 6 month then 'under 6 months'
  when begun_on > seen_on - interval 12 month then '6 to 12 months'
  when begun_on > seen_on - interval 24 month then '1 to 2 years'
  else 'over 2 years'
end
