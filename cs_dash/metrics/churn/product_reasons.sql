-- Product-related churn categories
-- words: The categories for a product gap or insufficient product quality.
-- edge cases: A category that was renamed has its new name here.
-- tables: churn_events
-- column kind: the category
create view product_reasons as
select coalesce(c.name, k.key) as kind
from (values ('Product gap'), ('Product quality')) as k(key)
left join churn_categories c on c.key = k.key
order by kind
