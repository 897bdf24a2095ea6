-- Help articles by topic
-- words: Which help articles cover which topic, by comparing title and summary with the tickets.
-- formula: cosine of the article's sentence vector and the mean of the topic's tickets, at least 0.40; of several
--   topics the nearest, and those that are less than 0.05 further
-- edge cases: Drafts and archived articles are excluded. Topics that people merged have the
--   articles of all their parts; an article about an ignored topic is about no other.
-- source: Yang et al. 2019 (multilingual Universal Sentence Encoder); the limit was told on Bitext and the demo company
-- tables: articles, tickets
-- column article_id: the article
-- column topic: id of the topic
-- column nearness: how near it is, at most 1
-- column title: its title
-- column address: its address
-- column updated_on: when it was last changed; empty where the list does not say
-- column views: how often it was read
create macro article_topics(as_many) as table
with near as (
  select n.article_id, s.topic, max(n.nearness) as nearness
  from article_nodes n
  join topics_shown(as_many) s on s.node = n.node
  group by n.article_id, s.topic
),
nearest as (select *, max(nearness) over (partition by article_id) as most from near)
select n.article_id, n.topic, n.nearness, a.title, a.address, a.updated_on, a.views
from nearest n
join articles a on a.article_id = n.article_id
where n.nearness > n.most - 0.05
  and lower(coalesce(a.status, '')) not in ('draft', 'archived', 'unpublished', 'deleted', 'trashed')
