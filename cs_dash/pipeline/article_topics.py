"""Which help articles are about which topics: matched again whenever topics or articles changed."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from cs_dash.metrics import open_warehouse
from cs_dash.store.artifacts import DerivedArtifacts
from cs_dash.store.derived_tables import rewrite
from cs_dash.store.warehouse import Warehouse
from cs_dash.tickets.topics.articles import MIN_SIMILARITY, Article, article_vectors, similarities

TABLE = "article_nodes"
_ARTICLES = "select article_id, title, summary, left(body, 4000) as body, language from articles order by article_id"
_CLUSTERS = """
select c.cluster, c.mean, count(m.ticket_id) as tickets
from topic_clusters c left join topic_members m on m.cluster = c.cluster
group by c.cluster, c.mean order by c.cluster
"""
_BRANCHES = "select node, cluster from topic_branches order by node, cluster"
_LANGUAGES = "select language, mean from topic_languages order by language"


def match_articles(version: Path, topics: Path) -> None:
    """Write into the file of a version's topics which of its help articles are near which groups of the tree.

    An article that is near none has one row without a group, with how near the nearest is. The same articles and
    topics give the same rows.

    Args:
        version: the version's file.
        topics: the file of its topics, see `store.derived_tables.TOPICS`.
    """
    warehouse = open_warehouse(version, artifacts=DerivedArtifacts(None, topics))
    try:
        rows = _matched(warehouse)
    finally:
        warehouse.close()
    rewrite(topics, TABLE, rows)


def _matched(warehouse: Warehouse) -> pa.Table:
    sources = articles_table, clusters, branches, language_means = [
        warehouse.query(sql) for sql in (_ARTICLES, _CLUSTERS, _BRANCHES, _LANGUAGES)
    ]
    article_rows = articles_table.to_pylist()
    kinds = {"article_id": pa.string(), "node": pa.string(), "nearness": pa.float64(), "made_from": pa.string()}
    if not article_rows or not len(clusters):
        return pa.table({name: pa.array([], kind) for name, kind in kinds.items()})
    digest = _digest(sources)
    earlier = warehouse.query("from article_nodes where made_from = $digest", {"digest": digest})
    if len(earlier):  # the encoder takes a second to load, and a hundred megabytes
        return earlier
    place = {name: at for at, name in enumerate(clusters["cluster"].to_pylist())}
    held: dict[str, list[int]] = defaultdict(list)
    for row in branches.to_pylist():
        held[row["node"]].append(place[row["cluster"]])
    languages = {row["language"]: np.array(row["mean"], np.float32) for row in language_means.to_pylist()}
    articles = [Article(row["title"], row["summary"], row["body"], row["language"]) for row in article_rows]
    points = article_vectors(articles, languages)
    means = np.array(clusters["mean"].to_pylist(), np.float32)
    near = similarities(points, means, list(held.values()), clusters["tickets"].to_pylist())
    nodes = list(held)
    matches: list[tuple[str, str | None, float]] = []
    for at, row in enumerate(article_rows):
        there = np.flatnonzero(near[at] >= MIN_SIMILARITY)
        matches += [(row["article_id"], nodes[group], float(near[at, group])) for group in there]
        if not len(there):
            matches.append((row["article_id"], None, float(near[at].max())))
    columns = (*zip(*matches, strict=True), [digest] * len(matches))
    return pa.table({name: pa.array(values, kind) for (name, kind), values in zip(kinds.items(), columns, strict=True)})


def _digest(tables: Sequence[pa.Table]) -> str:
    """A text that is the same for the same rows."""
    sink = pa.BufferOutputStream()
    for table in tables:
        with pa.ipc.new_stream(sink, table.schema) as stream:
            stream.write_table(table.combine_chunks())
    return hashlib.blake2b(sink.getvalue(), digest_size=16).hexdigest()
