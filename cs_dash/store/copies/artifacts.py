"""The artifacts of a copy: the categories and topics of its tickets, taken from the source and never derived anew."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa

from cs_dash.store.copies.content import CopyContent, quoted, run
from cs_dash.store.derived_tables import KINDS, TOPICS, write_topics
from cs_dash.store.engine import Engine, columns_of

ADDED_WORDS = " · "
"""Stands in the label of a topic between a sentence and words that are not in it."""
LONG = 44
"""Maximum length of the sentence in a label."""
_EXAMPLES = """
with in_copy as (select {ids} as ticket_id, cluster from topics.main.topic_members where cluster <> ''),
by_cluster as (
  select m.cluster, t.subject, count(*) as tickets, min(t.ticket_id) as ticket_id
  from in_copy m join version.main.tickets t on t.ticket_id = m.ticket_id
  where t.subject <> ''
  group by m.cluster, t.subject
),
by_node as (
  select b.node, c.subject, sum(c.tickets) as tickets, min(c.ticket_id) as ticket_id
  from topics.main.topic_branches b join by_cluster c on c.cluster = b.cluster
  group by b.node, c.subject
)
select node, ticket_id, subject from by_node
qualify row_number() over (partition by node order by tickets desc, subject) = 1
"""
_COUNTS = ("silent", "placed", "founded", "loose", "moved", "gone")


def write_kinds(source: Path | None, version: Path, target: Path, content: CopyContent, *, near: Path) -> None:
    """Write the categories of the tickets of a copy's version file to the new Parquet file `target`.

    `source`: that of the source; None where its tickets were not read: then nothing is known of any.
    """
    with closing(Engine(None, near=near, threads=1)) as engine:
        connection = engine.connection
        engine.attach(version, "version")
        listed = ", ".join(f"cast(null as {kind}) as {name}" for name, kind in KINDS.items())
        sql = f"select cast(null as varchar) as ticket_id, {listed} where false"
        if source is not None:
            relation = f"read_parquet({quoted(str(source))})"
            names = ", ".join("null as kind_words" if name == "kind_words" and content.mask else name for name in KINDS)
            ids = content.ids_in_copy(connection, "ticket_id", relation)
            sql = (
                f"select * from (select {ids} as ticket_id, {names} from {relation})"
                " where ticket_id in (select ticket_id from version.main.tickets)"
            )
        run(connection, f"copy ({sql}) to {quoted(str(target))} (format parquet)", {"salt": content.salt})
        connection.execute("detach version")


def write_topics_of(source: Path | None, version: Path, target: Path, content: CopyContent, *, near: Path) -> None:
    """Write the topics of the tickets of a copy's version file to the new DuckDB file `target`; none without `source`.

    The vectors that new tickets are compared with stay behind, and counts are those of the copy.
    """
    tables: dict[str, pa.Table] = {}
    if source is not None:
        with closing(Engine(None, near=near, threads=1)) as engine:
            engine.attach(version, "version")
            engine.attach(source, "topics")
            there = columns_of(engine.connection, "topics")
            for name in TOPICS.keys() & there.keys():
                tables[name] = _rows(
                    engine, name, [column for column in TOPICS[name] if column in there[name]], content
                )
            examples = {} if content.has_all else _examples(engine, content)
            for attached in ("topics", "version"):
                engine.connection.execute(f"detach {attached}")
        tables = _within(tables, examples, content)
    write_topics(target, tables)


def _rows(engine: Engine, name: str, listed: list[str], content: CopyContent) -> pa.Table:
    """Return the rows of a table of topics that are about tickets or articles of the copy, with their ids there."""
    connection, relation = engine.connection, f"topics.main.{name}"
    columns, conditions = [], []
    for column in listed:
        table = {"ticket_id": "tickets", "article_id": "articles", "example": "tickets"}.get(column)
        if table is None:
            columns.append("cast(null as float[]) as mean" if column == "mean" else column)
            continue
        columns.append(f"{content.ids_in_copy(connection, column, relation)} as {column}")
        if column != "example":
            conditions.append(f"{column} in (select {column} from version.main.{table})")
    sql = f"select * from (select {', '.join(columns)} from {relation})"
    if conditions:
        sql += f" where {' and '.join(conditions)}"
    parameters = {"salt": content.salt} if "$salt" in sql else {}
    return connection.execute(sql, parameters).to_arrow_table()


def _examples(engine: Engine, content: CopyContent) -> dict[str, tuple[str, str]]:
    """Return {group of a topic: (a ticket of the copy, the subject that most of its tickets there have)}."""
    ids = content.ids_in_copy(engine.connection, "ticket_id", "topics.main.topic_members")
    parameters = {"salt": content.salt} if "$salt" in ids else {}
    rows = engine.connection.execute(_EXAMPLES.format(ids=ids), parameters).fetchall()
    return {node: (ticket, subject) for node, ticket, subject in rows}


def _within(
    tables: dict[str, pa.Table], examples: Mapping[str, tuple[str, str]], content: CopyContent
) -> dict[str, pa.Table]:
    """Return the tables with texts masked, examples from the copy's own tickets, and counts of these."""
    members = tables["topic_members"].to_pylist() if "topic_members" in tables else []
    if "topic_nodes" in tables:
        tables["topic_nodes"] = _masked_nodes(tables["topic_nodes"], members, examples, content)
    if "topic_makings" in tables:
        clusters = [row["cluster"] for row in members]
        made = {"tickets": len(members), "made_of": len(members), "silent": clusters.count(None)}
        made |= {"loose": clusters.count("")}
        names = tables["topic_makings"].schema
        rows = [
            row | {name: 0 for name in _COUNTS if name in row} | {k: v for k, v in made.items() if k in row}
            for row in tables["topic_makings"].to_pylist()
        ]
        tables["topic_makings"] = pa.Table.from_pylist(rows, names)
    return tables


def _masked_nodes(
    nodes: pa.Table,
    members: list[dict[str, Any]],
    examples: Mapping[str, tuple[str, str]],
    content: CopyContent,
) -> pa.Table:
    """Return the groups of topics with their texts masked.

    A label is a sentence of the example: where that ticket is not in the copy, one of the copy's own takes its place,
    with its subject; where there is none, the words that describe the topic are its label.
    """
    tickets = {row["ticket_id"] for row in members}
    mask = content.mask or str
    rows = nodes.to_pylist()
    for row in rows:
        if row["label"] is None:
            row["example"] = None
            continue
        sentence, separator, added = row["label"].partition(ADDED_WORDS)
        listed = _without_names(added.split(", "), content) if separator else []
        row["terms"] = _without_names(row["terms"] or [], content)
        sentence = mask(sentence)
        if not content.has_all and row["example"] not in tickets:
            row["example"], subject = examples.get(row["node"], (None, ""))
            sentence, listed = textwrap.shorten(subject, LONG, placeholder="…"), listed or row["terms"][:3]
        row["label"] = ADDED_WORDS.join(filter(None, [sentence, ", ".join(listed)])) or row["node"]
    return pa.Table.from_pylist(rows, nodes.schema)


def _without_names(terms: list[str], content: CopyContent) -> list[str]:
    """Return words without those that are part of a customer's name: one word may give it away."""
    mask = content.mask or str
    return [mask(term) for term in terms if not content.names_part(term)]
