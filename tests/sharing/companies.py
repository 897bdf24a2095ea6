"""A company with customers who are named everywhere, and copies of it."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from cs_dash import pipeline
from cs_dash.decisions import current_decisions
from cs_dash.decisions.audits import audits
from cs_dash.errors import CsDashError
from cs_dash.metrics import open_warehouse
from cs_dash.pipeline import derived_artifacts
from cs_dash.questions import catalogue
from cs_dash.scope import Scope
from cs_dash.sharing import Limits, Reader
from cs_dash.sharing.copies import workspace_for
from cs_dash.store.workspace import Workspace
from tests.workspaces import opened

SMALL = Limits((("segment", ("SMB",)),))
DAY = dt.date(2026, 6, 1)
FILES = {
    "accounts.csv": "account_id,account,segment,csm,mrr,start_date\nA-1,Alpha Ltd,SMB,Ana,100,2025-01-01\n"
    "A-2,Beta Ltd,Enterprise,Ben,300,2025-01-01\nA-3,Gamma Ltd,SMB,Ben,50,2025-03-01\n",
    "tickets.csv": "ticket_id,account_id,created_at,subject,type\nT-1,A-1,2026-08-01,Export fails for Beta,Bug\n"
    "T-2,A-2,2026-08-02,How do I export?,Question\nT-3,A-2,2026-08-03,How do I pay?,Question\n"
    "T-4,,2026-08-04,Who am I?,Question\nT-5,A-3,2026-08-05,How do I sort?,Question\n",
}  # fmt: skip
MORE = {"tickets.csv": "ticket_id,account_id,created_at,subject,type\nT-9,A-1,2026-08-09,How do I print?,Question\n"}


def person(limits: Limits, email: str = "pm@us.example") -> Reader:
    """Return a signed-in person with limits."""
    return Reader("person", email, "PM", limits=limits)


def copy_of(workspace: Workspace, limits: Limits) -> Workspace:
    """Return the copy for a person with limits, up to date."""
    return workspace_for(workspace, person(limits), wait=True)


def answer(workspace: Workspace, question: str, scope: Scope | None = None, **options: str) -> dict[str, Any]:
    """Return the answer to a question as the command line prints it with `--json`."""
    with asking(workspace) as ask:
        return ask(question, scope, **options)


@contextmanager
def asking(workspace: Workspace) -> Iterator[Callable[..., dict[str, Any]]]:
    """Yield what answers many questions to one opening of a workspace: see `answer`."""
    version = workspace.current()
    assert version is not None
    artifacts = derived_artifacts(workspace, version)
    warehouse = open_warehouse(workspace.file_of(version), current_decisions(workspace), artifacts)

    def ask(question: str, scope: Scope | None = None, **options: str) -> dict[str, Any]:
        answered = catalogue.ask(warehouse, question, scope or Scope(period="all"), options, audits(workspace))
        return dict(json.loads(json.dumps(answered.as_dict(), ensure_ascii=False, default=str)))

    try:
        yield ask
    finally:
        warehouse.close()


def every_answer(workspace: Workspace, scope: Scope | None = None) -> dict[str, dict[str, Any]]:
    """Return the answer to every question, by its name; an error where it cannot be answered.

    Questions about one account are asked about the first.
    """
    answers: dict[str, dict[str, Any]] = {}
    account = opened(workspace).query("select min(account_id) as id from accounts")["id"][0].as_py()
    with asking(workspace) as ask:
        for question in catalogue.questions().values():
            try:
                answers[question.name] = ask(
                    question.name, scope, **({"account": account} if "account" in question.options else {})
                )
            except CsDashError as error:
                answers[question.name] = {"error": error.as_dict()}
    return answers


def texts_of(folder: Path) -> Iterator[str]:
    """Yield every text in the tables, artifacts and state of a copy, uncompressed."""
    for file in sorted(folder.rglob("*")):
        if file.suffix == ".duckdb":
            with duckdb.connect(str(file), read_only=True) as connection:
                for (table,) in connection.execute("select table_name from duckdb_tables()").fetchall():
                    yield json.dumps(connection.execute(f'from "{table}"').fetchall(), ensure_ascii=False, default=str)
        elif file.suffix == ".parquet":
            yield json.dumps(pq.read_table(file).to_pylist(), ensure_ascii=False, default=str)
        elif file.is_file():
            yield file.read_bytes().decode("utf-8", "replace")


def load(workspace: Workspace, files: dict[str, str]) -> None:
    """Load files, by their names."""
    pipeline.load(workspace, [(name, io.BytesIO(text.encode())) for name, text in files.items()])


def tickets(workspace: Workspace) -> list[str]:
    """Return the ids of a workspace's tickets."""
    return [str(ticket) for ticket in opened(workspace).query("from tickets order by 1")["ticket_id"].to_pylist()]
