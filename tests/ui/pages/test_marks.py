"""What a click on a mark opens adds up to the mark, for every chart of every page on the demo company."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cs_dash import page_registry as registry
from cs_dash import pipeline
from cs_dash.answer import Answer
from cs_dash.charts import Chart
from cs_dash.look.charts import mark_key
from cs_dash.look.charts.encoding import encoding_of
from cs_dash.questions import catalogue
from cs_dash.scope import Scope
from cs_dash.store.workspace import Workspace
from cs_dash.ui.components.show.marks import MarkedRows, total_of
from cs_dash.ui.pages.marks import OPENINGS, marks_of
from cs_dash.ui.pages.marks.context import MarkContext
from cs_dash.ui.state import session

OPTIONS: dict[str, tuple[dict[str, str], ...]] = {
    "retention.summary": ({}, {"convention": "movements"}),
    "retention.by_dimension": (
        {"by": "segment"}, {"by": "csm", "measure": "logos"}, {"by": "segment", "convention": "movements"},
    ),
    "retention.cohort_compare": ({}, {"by": "quarter"}, {"measure": "activity"}, {"field": "plan"}),
    "churn.path": ({}, {"measure": "health"}, {"measure": "tickets"}),
    "retention.cohorts": ({"by": "quarter"},),
    "churn.reasons": ({}, {"level": "category"}, {"count": "accounts"}),
    "churn.summary": ({}, {"by": "tenure"}, {"by": "cohort"}),
    "support.by": ({}, {"field": "area"}, {"field": "language"}, {"field": "csm"}),
}  # fmt: skip
SCOPES = (Scope(), Scope("3m"), Scope().with_filter("segment", ("SMB",)))
COUNTED = {
    "howto_months": "howto", "howto_by": "howto", "howto_tenure": "howto", "churn_by_dimension": "churned_accounts",
    "hazard": "events",
}  # fmt: skip
"""Charts of a rate -> the column with what it counts."""
WITHOUT_SUM = {
    "groups",
    "cohorts",
    "cohort_curves",
    "cohort_trend",
    "resolution_by_priority",
    "survival",
    "journey_steps",
}
"""Charts whose marks are means of what they open."""


OF_ONE = {
    "account.summary", "account.profile", "account.usage", "account.tickets", "health.why", "support.ticket",
}  # fmt: skip
"""Questions about one account or one ticket, whose pages draw no chart with marks."""


@pytest.fixture(scope="module")
def snapshot(demo_workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> session.Snapshot:
    """The demo company."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv(session.FOLDER, str(demo_workspace.folder))
        version = session.current_version()
        assert version is not None
        return session.Snapshot.of(version)


def marks(
    snapshot: session.Snapshot, question: str, chart_name: str, scope: Scope, options: dict[str, str]
) -> Iterator[tuple[Chart, dict[str, Any], MarkedRows]]:
    """Yield the chart, the row and what is behind it, for some of the chart's marks that open something."""
    answer: Answer = catalogue.ask(snapshot.warehouse, question, scope, options, snapshot.audits)
    resolved = scope.resolved(snapshot.warehouse.newest_day())
    for chart in answer.charts:
        if chart.name != chart_name:
            continue
        behind = marks_of(question, chart, MarkContext(snapshot, chart, resolved, options))
        rows = chart.rows.to_pylist()
        for row in rows if len(rows) <= 14 else [*rows[:4], *rows[-4:]]:
            opened = behind.rows(row) if behind and not behind.accounts else None
            if opened:
                yield chart, row, opened


@pytest.mark.parametrize("scope", SCOPES, ids=["year", "quarter", "segment"])
@pytest.mark.parametrize(
    ("question", "chart_name"), [key for key, opening in OPENINGS.items() if not opening.accounts], ids=str
)
def test_the_rows_behind_a_mark_add_up_to_it(
    question: str, chart_name: str, scope: Scope, snapshot: session.Snapshot
) -> None:
    for options in OPTIONS.get(question, ({},)):
        for chart, row, opened in marks(snapshot, question, chart_name, scope, options):
            answer = opened.ask()
            total, value = total_of(opened, answer), row[COUNTED.get(chart_name, encoding_of(chart).measure)]
            if chart_name in WITHOUT_SUM:
                continue
            assert total == pytest.approx(value), (options, mark_key(chart, row), opened.title)


def test_accounts_and_survivors_are_counted_as_drawn(snapshot: session.Snapshot) -> None:
    left = 0
    for _, row, opened in marks(snapshot, "retention.survival", "survival", Scope(), {}):
        if row["months_since_start"] <= 3:
            left += row["events"]
            assert opened.ask().rows.num_rows == left
    for _, row, opened in marks(snapshot, "retention.cohort_trend", "cohort_trend", Scope(), {}):
        assert opened.ask().rows.num_rows == row["size"]
    for _, row, opened in marks(snapshot, "retention.cohorts", "cohorts", Scope(), {"by": "quarter"}):
        assert str(opened.ask().rows.num_rows) in row["who"]


def test_survival_by_group_opens_those_that_left_the_group(snapshot: session.Snapshot) -> None:
    left: dict[str, int] = {}
    answer = catalogue.ask(snapshot.warehouse, "retention.survival", Scope(), {"group": "segment"}, snapshot.audits)
    (chart,) = answer.charts
    scope = Scope().resolved(snapshot.warehouse.newest_day())
    behind = marks_of("retention.survival", chart, MarkContext(snapshot, chart, scope, {"group": "segment"}))
    assert behind
    for row in chart.rows.to_pylist():
        left[row["group"]] = left.get(row["group"], 0) + row["events"]
        if row["months_since_start"] in (0, 3, 12):
            opened = behind.rows(row)
            assert opened
            assert opened.title.startswith(row["group"])
            assert opened.ask().rows.num_rows == left[row["group"]]
    assert len(left) > 1


def test_a_point_in_the_past_leads_to_its_own_day(snapshot: session.Snapshot) -> None:
    """The page that says more shows the number that was clicked, not that of today."""
    scope = Scope().resolved(snapshot.warehouse.newest_day())
    for options in OPTIONS["retention.summary"]:
        for _, row, opened in marks(snapshot, "retention.summary", "retention", Scope(), options):
            assert opened.more_scope
            assert opened.more_scope.to_query()["as_of"] == [row["day"].isoformat()]
            listed = {name: str(value) for name, value in opened.more_choices.items()}
            answer = catalogue.ask(snapshot.warehouse, "retention.why", opened.more_scope, listed, snapshot.audits)
            assert answer.figures[0].value == pytest.approx(row["value"])
    assert scope.as_of


def test_every_drawn_chart_opens_something(snapshot: session.Snapshot) -> None:
    """A chart that nobody can click would be the exception: it is named here."""
    exceptions = {("retention.cohorts", "cohort_average"), ("alignment.journey", "journey_tickets")}
    asked_by_pages = {name for page in registry.pages() for name in (*page.questions, *page.more_questions)}
    drawn = {
        (name, chart.name)
        for name in asked_by_pages - OF_ONE
        for chart in catalogue.ask(
            snapshot.warehouse, name, Scope(), OPTIONS.get(name, ({},))[0], snapshot.audits
        ).charts
    }
    assert drawn - set(OPENINGS) <= exceptions
    for name, chart_name in drawn - exceptions:
        opened = list(marks(snapshot, name, chart_name, Scope(), OPTIONS.get(name, ({},))[0]))
        assert opened or OPENINGS[name, chart_name].accounts, (name, chart_name)


def test_a_month_of_a_shipped_item_opens_its_tickets_and_an_effect_its_accounts(
    demo_workspace: Workspace, tmp_path: Path
) -> None:
    workspace = Workspace(Path(shutil.copytree(demo_workspace.folder, tmp_path / "planned")))
    version = workspace.current()
    assert version is not None
    pipeline.record_demo_roadmap(workspace, version)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv(session.FOLDER, str(workspace.folder))
        planned = session.Snapshot.of(version)
        item = {"item": "R-1"}
        months = catalogue.ask(planned.warehouse, "roadmap.ship_rates", Scope(), item).rows.to_pylist()
        tickets = {row["month"]: row["tickets"] for row in months}
        opened = list(marks(planned, "roadmap.ship_rates", "ship_rates", Scope(), item))
        assert opened
        for _, row, behind in opened:
            listed = behind.ask().rows.to_pylist()
            assert sum(ticket["account_id"] is not None for ticket in listed) == tickets[row["month"]]
        for _, row, behind in marks(planned, "roadmap.impact", "effects", Scope(), {}):
            assert behind.more_choices == {"item": row["item"]}
            assert behind.ask().rows.num_rows
