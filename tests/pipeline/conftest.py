"""Companies of one file that can be asked."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from cs_dash import pipeline
from cs_dash.answer import Answer
from cs_dash.decisions import current_decisions
from cs_dash.intake.results.problems import ColumnMapping
from cs_dash.metrics import Warehouse
from cs_dash.pipeline import LoadReport
from cs_dash.questions import catalogue
from cs_dash.scope import Scope
from cs_dash.store.workspace import Workspace
from tests.companies import ReusedReader


class Company:
    """One file or more, by their names, loaded on 30 November 2026, that can be asked."""

    def __init__(
        self, folder: Path, text: str | Mapping[str, str | bytes], name: str = "contracts.csv", **options: str
    ) -> None:
        self.workspace = Workspace(folder)
        self.report = self.load(name, text, **options)

    def load(self, name: str, text: str | Mapping[str, str | bytes], **options: str) -> LoadReport:
        """Load files into the workspace; what is asked from then on is asked of its version."""
        self.close()
        contents = {name: text} if isinstance(text, str) else text
        files = [
            (file, io.BytesIO(content.encode() if isinstance(content, str) else content))
            for file, content in contents.items()
        ]
        return pipeline.load(self.workspace, files, options=options, today=dt.date(2026, 11, 30))

    @cached_property
    def warehouse(self) -> Warehouse:
        """The version, opened once for all questions."""
        version = self.workspace.current()
        assert version is not None
        return ReusedReader(self.workspace.file_of(version), current_decisions(self.workspace))

    def close(self) -> None:
        if warehouse := vars(self).pop("warehouse", None):
            warehouse.close()

    def ask(self, question: str, as_of: str = "") -> Answer:
        version = self.workspace.current()
        assert version is not None
        scope = Scope(period="all", as_of=dt.date.fromisoformat(as_of) if as_of else version.newest_day)
        return catalogue.ask(self.warehouse, question, scope, {})

    def figure(self, question: str, name: str, as_of: str = "") -> float | None:
        (value,) = (figure.value for figure in self.ask(question, as_of).figures if figure.name == name)
        return value

    def rows(self, sql: str) -> list[dict[str, Any]]:
        return list(self.warehouse.query(sql).to_pylist())

    def mrr(self, as_of: str) -> dict[str, float]:
        """MRR by account, rounded to cents."""
        rows = self.rows(f"from mrr_on(date '{as_of}') order by account_id")
        return {row["account_id"].lower(): round(row["mrr"], 2) for row in rows}

    @property
    def notes(self) -> str:
        return " ".join(text for sheet in self.report.files for text in sheet.assumptions)

    @property
    def questions(self) -> list[ColumnMapping]:
        return [column for sheet in self.report.files for column in sheet.mapped if column.question]


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Callable[..., Company]]:
    """Load a company: its text, the name of its file, options."""
    companies: list[Company] = []

    def load(text: str | Mapping[str, str | bytes], name: str = "contracts.csv", **options: str) -> Company:
        companies.append(Company(tmp_path / str(len(companies)), text, name, **options))
        return companies[-1]

    yield load
    for loaded in companies:
        loaded.close()
