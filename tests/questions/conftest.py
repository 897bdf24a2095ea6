"""The demo company, asked once for all tests of this folder."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from cs_dash import pipeline
from cs_dash.answer import Answer
from cs_dash.metrics import open_warehouse
from cs_dash.questions.catalogue import questions, request_of
from cs_dash.store.warehouse import Warehouse
from cs_dash.store.workspace import Workspace
from tests.asking import EVERYTHING, RecordingRows

EXPECTED = json.loads((Path(__file__).parents[1] / "data" / "demo_answers.json").read_text(encoding="utf-8"))
"""What the release before the rooms were moved answered: question, options, rows, figures, sums of numeric columns."""


@dataclass(frozen=True)
class DemoAnswer:
    """One question asked of the demo company.

    Attributes:
        expected: what was answered before, an element of `EXPECTED`.
        answer: what is answered now.
        definitions: the definitions that were asked for.
    """

    expected: Mapping[str, Any]
    answer: Answer
    definitions: frozenset[str]


@pytest.fixture(scope="session")
def demo_warehouse(demo_workspace: Workspace) -> Iterator[Warehouse]:
    """The demo company with the categories and topics of its tickets, as the command line opens it."""
    version = demo_workspace.current()
    assert version is not None
    artifacts = pipeline.derive_artifacts(demo_workspace, version)
    warehouse = open_warehouse(demo_workspace.file_of(version), artifacts=artifacts)
    yield warehouse
    warehouse.close()


@pytest.fixture(scope="session")
def demo_answers(demo_warehouse: Warehouse) -> tuple[DemoAnswer, ...]:
    """The answers to everything in `EXPECTED`."""
    answers = []
    for expected in EXPECTED:
        question, rows = questions()[expected["question"]], RecordingRows(demo_warehouse)
        request = request_of(question, demo_warehouse, EVERYTHING, expected["options"])
        answers.append(DemoAnswer(expected, question.answer(replace(request, rows=rows)), frozenset(rows.definitions)))
    return tuple(answers)


def sums(rows: pa.Table) -> dict[str, float]:
    """Return {column: sum of its numbers, also of those in lists}; a column without a number is absent."""
    totals: dict[str, float] = {}
    for name in rows.column_names:
        numbers = [number for value in rows[name].to_pylist() for number in _numbers(value)]
        if numbers:
            totals[name] = sum(numbers)
    return totals


def _numbers(value: object) -> Iterator[float]:
    if isinstance(value, list):
        for element in value:
            yield from _numbers(element)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield float(value)
