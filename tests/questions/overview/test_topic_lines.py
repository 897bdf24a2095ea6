"""Topics that are new, growing or falling stand among what changed, as the topics themselves say it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cs_dash.questions.overview.changes import changes
from cs_dash.questions.support.topics.topics import topics
from cs_dash.scope import Scope
from cs_dash.store.warehouse import Warehouse
from tests.asking import ask
from tests.questions.support.topics.test_topics import company_with, ticket

YEAR = Scope(period="12m")


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """Invitations grew, a dark mode is new, and hardly anybody asks about exports now."""
    rows = [ticket("export", at, 95 + at % 80 if at < 28 else 10, f"A{at % 4}") for at in range(30)]
    rows += [ticket("invite", at, 3 * at % 80 if at < 28 else 120, f"A{at % 2}") for at in range(30)]
    rows += [ticket("dark", at, at % 60, "A3") for at in range(30)]
    return company_with(tmp_path_factory.mktemp("topics"), rows)


def test_topics_that_changed_are_notable_changes(warehouse: Warehouse) -> None:
    changed = {row["topic"]: row for row in ask(warehouse, topics, YEAR).rows.to_pylist() if row["change"]}
    lines = {row["topic"]: row for row in ask(warehouse, changes, YEAR).rows.to_pylist() if row["figure"] == "topic"}
    assert lines
    assert lines.keys() <= changed.keys()
    assert {changed[topic]["change"] for topic in lines} == {"new", "growing", "falling"}
    for topic, line in lines.items():
        row = changed[topic]
        assert (line["before"], line["now"]) == (row["before"], row["recent"])
        assert line["what"].endswith(f"is {row['change']}")
        assert line["good"] == {"new": None, "growing": False, "falling": True}[row["change"]]
        if row["change"] == "new":
            assert line["amount"] == f"{row['recent']} tickets in 90 days"
        else:
            assert line["amount"].endswith("% tickets in 90 days")


def test_steady_topics_are_not(tmp_path: Path) -> None:
    steady = [ticket("export", at, 6 * at + 1, f"A{at % 4}") for at in range(30)]
    answer = ask(company_with(tmp_path, steady), changes, YEAR)
    assert "topic" not in answer.rows["figure"].to_pylist()
