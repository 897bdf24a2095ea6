-- Help articles
-- words: Help articles loaded, those matching a topic, and those matching none.
-- formula: counts of articles
-- edge cases: Drafts and archived articles count among all. Before topics were found no article is matched: looked is
--   false.
-- tables: articles, tickets
-- column articles: all of them
-- column matched: those about a topic, ignored ones too
-- column dated: those that say when they were last changed
-- column looked: topics and articles were compared
create macro article_counts(as_many) as table
select
  (select count(*) from articles) as articles,
  (select count(distinct article_id) from article_topics(as_many)) as matched,
  (select count(updated_on) from articles) as dated,
  exists (from article_nodes) as looked
