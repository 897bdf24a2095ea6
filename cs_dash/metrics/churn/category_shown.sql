-- Name of a churn category
-- words: The name of a category that decisions and files may still have by its stored key; any other name as it is.
-- edge cases: Empty stays empty.
-- source: this product
-- tables: churn_events
create macro category_shown(stored_name) as
  case when stored_name = 'Promised but not there' then 'Expectation mismatch' else stored_name end
