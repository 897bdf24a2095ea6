"""The help desk's own types on the page of tickets: one click says what a type counts as, another takes it back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from cs_dash.decisions import ticket_types
from cs_dash.store.workspace import Workspace
from tests.pages.conftest import Open, words
from tests.pages.html_tables import html_tables
from tests.workspaces import copied

HEAD = "ticket_id,created_at,subject,type,tags\n"
TICKETS = (
    "T-1,2026-09-01,<i>Blue</i> Monday,<b>Tier</b>,\nT-2,2026-09-02,Blue Tuesday,<b>Tier</b>,\n"
    "T-3,2026-09-03,Red Friday,Incident,\nT-4,2026-09-04,Green,,vip\n"
)
TIER = "<b>Tier</b>"


def ticket_workspace(folder: Path, rows: str = TICKETS, *, derived: bool = True) -> Path:
    return copied(folder, {"tickets.csv": HEAD + rows}, derived="kinds" if derived else "nothing").folder


def pills(app: AppTest) -> dict[str, tuple[str, Any]]:
    """Return the key and what is picked of each line, by the type's name as Markdown shows it."""
    groups = [group for group in app.button_group if str(group.key).startswith("type_kind_")]
    return {
        group.label.removeprefix("Category of ").replace("\\", ""): (str(group.key), group.value) for group in groups
    }


def links(app: AppTest) -> set[str]:
    return {link.proto.label for link in app.get("page_link")}


def click(app: AppTest, value: str, kind: str | None) -> AppTest:
    return app.button_group(key=pills(app)[value][0]).set_value(kind).run()


def test_one_click_says_it_and_another_takes_it_back(tmp_path: Path, open_page: Open) -> None:
    app = open_page(ticket_workspace(tmp_path), "tickets", period="all")
    assert "<b>1</b> ticket type has no category: 2 of 4 tickets" in words(app)
    assert not pills(app)
    app.button(key="types_open").click().run()
    assert app.query_params["types"] in ("open", ["open"])
    message = words(app)
    assert "&lt;b&gt;Tier&lt;/b&gt;" in message
    assert "“Blue Tuesday”" in message
    assert {value: picked for value, (_, picked) in pills(app).items()} == {
        TIER: None, "vip": None, "Incident": "defect",
    }  # fmt: skip
    click(app, TIER, "billing")
    assert not app.exception
    assert "“&lt;b&gt;Tier&lt;/b&gt;” mapped to billing: 2 tickets have a new category." in words(app)
    assert pills(app)[TIER][1] == "billing"
    assert "<b>4</b> tickets" in words(app)
    assert {row["Ticket"]: row["Category"] for row in html_tables(app)[0].rows}["T-1"] == "billing"
    click(app, TIER, None)  # the same once more
    assert "undone: 2 tickets have a new category." in words(app)
    assert pills(app)[TIER][1] is None
    app.button(key="types_undo").click().run()
    assert pills(app)[TIER][1] == "billing"
    click(app, "Incident", "how-to")  # also what is understood can be changed
    click(app, "vip", "says nothing")
    assert ticket_types.decided(Workspace(tmp_path)) == {TIER: "billing", "Incident": "how-to", "vip": "says nothing"}
    show = next(group for group in app.button if str(group.key).startswith("type_show_"))
    show.click().run()
    assert app.query_params["type"] in (TIER, [TIER])
    assert "<b>2</b> of 4 tickets, up to 4 Sep 2026: of the type &lt;b&gt;Tier&lt;/b&gt;." in words(app)
    assert not pills(app)
    app.button(key="tickets_clear").click().run()
    assert "ticket type has no category" not in words(app)
    assert app.button(key="types_open").label == "Edit 3 types and tags"
    app.button(key="types_open").click().run()
    assert pills(app)
    app.button(key="types_close").click().run()
    assert not pills(app)
    assert len(Workspace(tmp_path).state.versions()) == 1


def test_the_support_page_leads_there_where_it_matters(tmp_path: Path, open_page: Open) -> None:
    app = open_page(ticket_workspace(tmp_path), "support-demand", period="all")
    assert "Map 1 ticket type" in links(app)
    assert "2 of 4 tickets" in words(app)
    few = "".join(f"B-{at},2026-09-05,Red,Bug,\n" for at in range(60))
    app = open_page(ticket_workspace(tmp_path / "few", TICKETS + few), "support-demand", period="all")
    assert "Audit 100 tickets" in links(app)
    assert "Map 1 ticket type" not in links(app)


@pytest.mark.parametrize("derived", [True, False])
def test_it_waits_until_the_tickets_are_read(tmp_path: Path, derived: bool, open_page: Open) -> None:
    app = open_page(ticket_workspace(tmp_path, derived=derived), "tickets", period="all", types="open")
    assert ("still being processed; mapping starts" in words(app)) != derived
    assert {group.disabled for group in app.button_group if group.label.startswith("Category of")} == {not derived}


def test_without_types_nothing_is_asked(tmp_path: Path, open_page: Open) -> None:
    app = open_page(ticket_workspace(tmp_path, "T-1,2026-09-01,Hm,,\n"), "tickets", period="all")
    assert "types_open" not in {button.key for button in app.button}
    app = open_page(tmp_path, "tickets", period="all", types="open")
    assert "The export has no ticket types" in words(app)
