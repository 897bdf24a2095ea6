"""The tables and columns that a version gets from its derived artifacts; without those it opens all the same.

Reading texts and finding topics takes longer than loading, and people's labels change what is read of them: none of it
may hold up a load, and none of it changes a version. Everything here can be made again.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import duckdb
import pyarrow as pa

from cs_dash.schema.tables import TABLES
from cs_dash.store.artifacts import DerivedArtifacts
from cs_dash.store.engine import Engine
from cs_dash.store.reader_database import ReaderDatabase
from cs_dash.store.tables import columns

KINDS = {name: columns(TABLES["tickets"])[name] for name in (
    "kind", "kind_source", "kind_probability", "kind_words", "howto_score", "language_code",
)}  # fmt: skip
"""The columns of tickets that reading them gives, with their types."""
TOPICS = {
    "topic_clusters": {"cluster": "VARCHAR", "topic": "VARCHAR", "mean": "FLOAT[]"},
    "topic_languages": {"language": "VARCHAR", "mean": "FLOAT[]"},
    "topic_members": {"ticket_id": "VARCHAR", "cluster": "VARCHAR"},
    "topic_nodes": {
        "node": "VARCHAR", "parent": "VARCHAR", "topic": "VARCHAR", "first_at": "BIGINT", "last_at": "BIGINT",
        "label": "VARCHAR", "terms": "VARCHAR[]", "example": "VARCHAR",
    },
    "topic_branches": {"node": "VARCHAR", "cluster": "VARCHAR"},
    "topic_relabelled": {"ticket_id": "VARCHAR", "cluster": "VARCHAR"},
    "topic_heirs": {"node": "VARCHAR", "cluster": "VARCHAR", "tickets": "DOUBLE"},
    "topic_makings": {
        "nearness": "DOUBLE", "made_of": "BIGINT", "tickets": "BIGINT", "silent": "BIGINT", "topics": "BIGINT",
        "anew": "BOOLEAN", "placed": "BIGINT", "founded": "BIGINT", "loose": "BIGINT", "moved": "BIGINT",
        "gone": "BIGINT", "unknown_kinds": "BOOLEAN",
    },
    "article_nodes": {"article_id": "VARCHAR", "node": "VARCHAR", "nearness": "DOUBLE", "made_from": "VARCHAR"},
}  # fmt: skip
"""The tables of topics, with the types of their columns.

`topic_clusters` and `topic_languages` are what new tickets are compared with, `topic_members` tells each ticket's
cluster ("" fits none, null says nothing), `topic_nodes` and `topic_branches` are the tree over the clusters,
`topic_heirs` tells where the tickets of groups are that earlier trees had, `topic_relabelled` in which cluster a ticket
was before somebody labelled it, and the row of `topic_makings` says what
became of the tickets. `article_nodes` tells which help articles are about which
groups of the tree; one that is about none has a row without a group. `made_from` is the digest of what that was
computed from.
"""


def lay_over(
    database: ReaderDatabase, connection: duckdb.DuckDBPyConnection, artifacts: DerivedArtifacts, tickets: str
) -> None:
    """Create the tables of topics, and put what was read of tickets over what the version holds.

    `tickets`: the statement that creates the view `tickets` of what the version holds.
    """
    for name, kinds in TOPICS.items():
        connection.execute(f"create table {name} ({', '.join(f'{column} {kind}' for column, kind in kinds.items())})")
    if artifacts.topics is not None:
        topics = database.attach(artifacts.topics)
        sql = "select table_name from duckdb_tables() where database_name = ?"
        tables = connection.execute(sql, [topics]).fetchall()
        for name in TOPICS.keys() & {table for (table,) in tables}:
            connection.execute(f"insert into {name} by name select * from {topics}.main.{name}")
        database.let_go(topics)
    if artifacts.kinds is None:
        connection.execute(tickets)
        return
    connection.execute(tickets.replace("view tickets", "view tickets_stored", 1))
    # In the order of the tickets: to look a ticket up by its id in every query costs ten times as much.
    listed = ", ".join(f"case when r.ticket_id is null then t.{name} else r.{name} end as {name}" for name in KINDS)
    connection.execute(
        f"create table tickets_read as select {listed}"
        " from (select *, row_number() over () as place from tickets_stored) t"
        " left join read_parquet(?) r on r.ticket_id = t.ticket_id order by t.place",
        [str(artifacts.kinds)],
    )
    replaced = ", ".join(f"r.{name} as {name}" for name in KINDS)
    connection.execute(
        f"create view tickets as select t.* replace ({replaced}) from tickets_stored t positional join tickets_read r"
    )


def write_topics(file: Path, tables: Mapping[str, pa.Table]) -> None:
    """Write the tables of `TOPICS` to a new file; those that are not given, or have no columns, are empty."""
    with closing(Engine(file, near=file, threads=1)) as engine:
        connection = engine.connection
        for name, kinds in TOPICS.items():
            connection.execute(f"create table {name} ({', '.join(f'{c} {kind}' for c, kind in kinds.items())})")
            rows = tables.get(name)
            if rows is not None and rows.num_columns:
                connection.register("given", rows)
                connection.execute(f"insert into {name} by name select * from given")
                connection.unregister("given")


def rewrite(file: Path, name: str, rows: pa.Table) -> None:
    """Put other rows into one of the tables of `TOPICS` in a file that nobody reads yet."""
    with closing(Engine(file, near=file, threads=1)) as engine:
        connection = engine.connection
        listed = ", ".join(f"{column} {kind}" for column, kind in TOPICS[name].items())
        connection.execute(f"create or replace table {name} ({listed})")
        connection.register("given", rows)
        connection.execute(f"insert into {name} by name select * from given")
        connection.unregister("given")
