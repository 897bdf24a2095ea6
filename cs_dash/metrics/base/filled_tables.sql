-- Loaded tables
-- words: The canonical tables with at least one row.
-- tables: accounts, subscriptions, usage, tickets, churn_events, surveys, notes, feature_requests, milestones, articles,
--   fx_rates
create view filled_tables as
select 'accounts' as table_name where exists (from accounts)
union all select 'subscriptions' as table_name where exists (from subscriptions)
union all select 'usage' as table_name where exists (from usage)
union all select 'tickets' as table_name where exists (from tickets)
union all select 'churn_events' as table_name where exists (from churn_events)
union all select 'surveys' as table_name where exists (from surveys)
union all select 'notes' as table_name where exists (from notes)
union all select 'feature_requests' as table_name where exists (from feature_requests)
union all select 'milestones' as table_name where exists (from milestones)
union all select 'articles' as table_name where exists (from articles)
union all select 'fx_rates' as table_name where exists (from fx_rates)
