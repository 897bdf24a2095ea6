"""The topics that a help article covers: those whose tickets its title and summary are similar to, in any language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits

from cs_dash.tickets.topics.sentences import language_of, sentences
from cs_dash.tickets.topics.vectors import WIDTH, Vectors, centred, encoded, normed

MIN_SIMILARITY = 0.40
"""The cosine between an article and the mean of a topic's tickets from which on the article covers the topic.

Calibrated on known pairs: of the demo company's 30 articles all 15 that are about a topic are found, and no other; of
a title for each of Bitext's 27 intents, 74 % go to the topic with most of the intent's requests, and 87 % of what is
matched is right. At 0.35 one article of the demo company is matched to what it is not about, at 0.45 Bitext's 74 %
are 52 %.
"""
SUMMARY_WEIGHT = 0.5
"""Weight of the summary relative to the title: it says the same in other words, and other things too."""


@dataclass(frozen=True)
class Article:
    """The text of an article: title, summary and body (any may be None), and the language as the list states it."""

    title: str | None
    summary: str | None = None
    body: str | None = None
    language: str | None = None


def article_vectors(articles: Sequence[Article], languages: Mapping[str, Vectors]) -> Vectors:
    """Return the vectors of articles, minus the mean of the tickets in their language, shape (articles, 512).

    The title has weight 1, the first sentences of the summary (or of the body where there is none) half. An article
    without text has the zero vector.
    """
    titles = [sentences(article.title, None) for article in articles]
    texts = [
        sentences(article.summary or article.body, None if article.summary else article.body) for article in articles
    ]
    unique = dict.fromkeys(sentence for group in (*titles, *texts) for sentence in group)
    places = {sentence: at for at, sentence in enumerate(unique)}
    with threadpool_limits(1):
        sentence_vectors = encoded(list(places))
    vectors = np.zeros((len(articles), WIDTH), np.float32)
    for at, (title, text) in enumerate(zip(titles, texts, strict=True)):
        for part, weight in ((title, 1.0), (text, SUMMARY_WEIGHT)):
            if part:
                part_vectors = sentence_vectors[[places[sentence] for sentence in part]]
                vectors[at] += np.float32(weight) * part_vectors.mean(axis=0)
    stated = [language_of(article.language, title) for article, title in zip(articles, titles, strict=True)]
    without_text = ~vectors.any(axis=1)
    centred_vectors = centred(vectors, stated, languages)
    centred_vectors[without_text] = 0.0
    return centred_vectors


def similarities(articles: Vectors, means: Vectors, groups: Sequence[Sequence[int]], sizes: Sequence[int]) -> Vectors:
    """Return the cosine of every article to the mean of every group of clusters, shape (articles, groups).

    Args:
        articles: see `article_vectors`.
        means: mean directions of the clusters, shape (clusters, 512).
        groups: indices of the clusters of each group.
        sizes: number of tickets of each cluster.
    """
    weights = np.asarray(sizes, np.float64)
    group_means = np.array([weights[list(group)] @ means[list(group)].astype(np.float64) for group in groups])
    with threadpool_limits(1):
        directions = normed(group_means.reshape(len(groups), WIDTH).astype(np.float32)).astype(np.float64)
        cosines = articles.astype(np.float64) @ directions.T
    return cosines.astype(np.float32)
