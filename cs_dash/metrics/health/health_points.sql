-- Points of the health inputs
-- words: How a raw value becomes 0 to 100 points: fixed pairs with a straight line between them.
-- formula: points = p0 + (raw - r0) / (r1 - r0) x (p1 - p0) between neighbouring pairs (r0, p0) and (r1, p1)
-- edge cases: Below the first pair its points apply, above the last pair the last ones. The points are fixed: an
--   account's score never changes because other accounts changed.
-- source: this product; to be judged by the back-test on one's own history
-- tables: usage, surveys, tickets, subscriptions, notes, accounts
-- column input: name of the input
-- column raw: raw value
-- column points: its points, 0 to 100
-- column slope: points for each 1 of raw value up to the next pair; 0 after the last
-- column at_least: the pair holds for raw values from here on
-- column below: and below this one
create table health_points as
with given as (
  select input, unnest(pairs) as pair
  from (values
    ('active_share', [[0.0, 0], [0.1, 30], [0.3, 60], [0.6, 90], [0.8, 100]]),
    ('activity_trend', [[0.0, 0], [0.5, 20], [0.8, 60], [1.0, 80], [1.2, 100]]),
    ('core_breadth', [[0.0, 0], [0.25, 40], [0.5, 70], [0.8, 100]]),
    ('depth', [[0.0, 0], [1.0, 30], [3.0, 70], [8.0, 100]]),
    ('nps', [[0.0, 0], [6.0, 35], [7.0, 60], [8.0, 75], [9.0, 95], [10.0, 100]]),
    ('csat', [[1.0, 0], [3.0, 40], [4.0, 75], [4.6, 100]]),
    ('ticket_load', [[0.0, 75], [0.5, 100], [3.0, 80], [8.0, 40], [15.0, 0]]),
    ('howto_load', [[0.0, 100], [1.0, 85], [3.0, 50], [6.0, 20], [10.0, 0]]),
    ('open_overdue', [[0.0, 100], [1.0, 70], [3.0, 35], [6.0, 0]]),
    ('contract_trend', [[0.0, 0], [0.5, 15], [0.8, 45], [1.0, 75], [1.2, 100]]),
    ('renewal_distance', [[0.0, 30], [30.0, 45], [90.0, 65], [180.0, 85], [365.0, 100]]),
    ('pulse', [[0.0, 0], [100.0, 100]])
  ) as listed(input, pairs)
)
select input, cast(pair[1] as double) as raw, cast(pair[2] as double) as points,
  coalesce((lead(pair[2]) over pairs_in_order - pair[2]) / (lead(pair[1]) over pairs_in_order - pair[1]), 0) as slope,
  case when lag(pair[1]) over pairs_in_order is null then -1e300 else pair[1] end as at_least,
  coalesce(lead(pair[1]) over pairs_in_order, 1e300) as below
from given
window pairs_in_order as (partition by input order by pair[1])
order by input, raw
