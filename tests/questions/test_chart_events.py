"""Shipped items, entered events and milestones without an account stand on every chart over time, each once."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from cs_dash.charts import ChartEvent
from cs_dash.cli import main
from cs_dash.cli.actions import event_arguments
from cs_dash.decisions import portfolio_events, roadmap
from cs_dash.decisions.portfolio_events import EVENT_KINDS
from cs_dash.errors import BadInput
from cs_dash.questions import catalogue
from cs_dash.scope import Scope
from cs_dash.store.workspace import Workspace
from tests.workspaces import copied, opened

FILES = {
    "accounts.csv": "account_id,account,signup_date\nA-1,Ann,2025-01-01\n",
    "subscriptions.csv": "subscription_id,account_id,start_date,end_date,mrr\nS-1,A-1,2025-01-01,,100\n",
    "tickets.csv": "ticket_id,account_id,created_at,type,subject\nT-1,A-1,2025-05-01,how-to,How?\n"
    "T-2,A-1,2025-09-02,bug,Broken\n",
    "milestones.csv": "milestone_id,account_id,date,milestone,title\nM-1,,2025-06-10,shipped,Guided import\n"
    "M-2,A-1,2025-06-11,kickoff,Kick-off\n",
}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A company with one improvement that was shipped to all."""
    return copied(tmp_path / "workspace", FILES)


def drawn(workspace: Workspace) -> tuple[ChartEvent, ...]:
    """Return the events of the chart of how-to shares."""
    answer = catalogue.ask(opened(workspace), "support.howto", Scope(period="all"))
    return answer.chart("howto_months").events


def test_the_data_the_roadmap_and_people_bring_events(workspace: Workspace) -> None:
    assert drawn(workspace) == (ChartEvent(dt.date(2025, 6, 10), "Guided import"),)
    item = roadmap.add(workspace, "guided import ")
    roadmap.ship(workspace, item, dt.date(2025, 6, 10))
    event = portfolio_events.add(workspace, dt.date(2025, 8, 1), "Bot on", "bot or portal")
    events = drawn(workspace)
    assert [event.title for event in events] == ["guided import", "Bot on"]
    portfolio_events.remove(workspace, event)
    assert [event.title for event in drawn(workspace)] == ["guided import"]


def test_events_beyond_the_chart_are_left_out(workspace: Workspace) -> None:
    portfolio_events.add(workspace, dt.date(2027, 1, 1), "Later")
    portfolio_events.add(workspace, dt.date(2020, 1, 1), "Earlier")
    assert [event.title for event in drawn(workspace)] == ["Guided import"]


def test_the_command_adds_lists_and_removes(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    folder = ["--workspace", str(workspace.folder)]
    assert main(["event", "add", "--on", "2025-08-01", "--title", "Prices", "--kind", "price change", *folder]) == 0
    assert capsys.readouterr().out.strip() == "E-1"
    assert main(["event", "list", "--json", *folder]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert listed == {"events": [{"event": "E-1", "on": "2025-08-01", "title": "Prices", "kind": "price change"}]}
    assert main(["ask", "roadmap.events", "--json", *folder]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert [(row["event"], row["source"]) for row in rows] == [("E-1", "entered"), ("M-1", "data")]
    assert main(["event", "remove", "E-1", *folder]) == 0
    assert main(["event", "remove", "E-1", *folder]) == 2
    assert "there is no such event" in capsys.readouterr().err


def test_what_cannot_be_an_event_is_refused(workspace: Workspace) -> None:
    with pytest.raises(BadInput, match="no title"):
        portfolio_events.add(workspace, dt.date(2025, 8, 1), " ")
    with pytest.raises(BadInput, match="kind of event"):
        portfolio_events.add(workspace, dt.date(2025, 8, 1), "Prices", "prices")
    assert main(["event", "add", "--on", "soon", "--title", "X", "--workspace", str(workspace.folder)]) == 2


def test_the_command_knows_all_kinds() -> None:
    assert event_arguments.KINDS == EVENT_KINDS
