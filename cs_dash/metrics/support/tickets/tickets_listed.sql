-- Matching tickets
-- words: The tickets of a period, latest first, filtered by search words, category, category source, topic, area,
--   type, account, language, or low model confidence.
-- formula: start <= created_at < end, and every filter that is given
-- edge cases: A filter that is empty lets every ticket through; "none" as kind or source: those without. Words are
--   found in any letter case and as parts of longer words. The type is the help desk's own, in any letter case. Unsure:
--   the model's most likely kind is less likely than 60 %. Topics are those shown, or as many as asked for; only how-to
--   tickets, feature requests and tickets without a category have one.
-- tables: tickets, accounts
-- column ticket_id: the ticket's number
-- column account_id: the account, empty where none was matched
-- column created_at: when it was created
-- column kind: its category; empty where nobody knows
-- column source: where the category comes from
-- column probability: how sure a model was of the category; empty where no model was asked
-- column because: the words that decided, where a model gave the category
-- column topic: id of its topic; empty where it has none
-- column about: name of its topic
-- column language: code of its language
-- column product_area: area of the product, as the export says
-- column subject: its subject
-- column howto_score: how likely it is a how-to question by all but what a person said of it; empty where the
--   category tells
-- column priority: how urgent it is, as the export says, in lower case
-- column found: how many tickets fit in all
-- column found_with_kind: how many of these have a category
create macro tickets_listed(
  start_day, end_day, words_in, of_kind, of_source, of_topic, of_area, of_type, of_account, of_language, only_unsure,
  rows_at_most, as_many, wanted := '{}'
) as table
with fitting as (
  select t.ticket_id, t.account_id, t.created_at, t.kind, t.source, t.probability, t.because, t.language, t.product_area,
    t.subject, t.howto_score, lower(t.priority) as priority, t.kind is null or t.kind in ('how-to', 'feature request') as in_topics,
    lower(concat_ws(' ', t.subject, t.body)) as said
  from tickets_in(start_day, end_day, wanted) t
  where (of_kind is null or coalesce(t.kind, 'none') = of_kind)
    and (of_source is null or t.source = of_source)
    and (of_area is null or t.product_area = of_area)
    and (of_type is null or lower(trim(t.type)) = lower(of_type))
    and (of_account is null or t.account_id = of_account)
    and (of_language is null or t.language = of_language)
    and (not only_unsure or (t.source = 'model' and t.probability < 0.6))
),
kept as (
  select f.* exclude (said, in_topics), p.topic, p.label as about
  from fitting f
  left join ticket_topics(as_many) p on p.ticket_id = f.ticket_id and f.in_topics
  where (of_topic is null or p.topic = of_topic)
    and (words_in is null or list_bool_and(list_transform(words_in, lambda word: contains(f.said, lower(word)))))
)
select *, count(*) over () as found, count(kind) over () as found_with_kind
from kept
order by created_at desc, ticket_id
limit rows_at_most
