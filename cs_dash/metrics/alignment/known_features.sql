-- Known features
-- words: Every feature in the usage data, those of most accounts first.
-- tables: usage
-- column feature: its name
-- column accounts: accounts that ever used it
create view known_features as
select feature, count(distinct account_id) as accounts
from usage_feature_weeks
group by feature
order by accounts desc, feature
