"""Names that fit no account are decided on the data page, all at once, and can be taken back."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from cs_dash.store.workspace import Workspace
from cs_dash.ui.pages.data.matching import ANOTHER, LISTED, NEW, OTHER, SAME
from tests.pages.conftest import Open, confirm, words
from tests.workspaces import copied, rows

ACCOUNTS = "account_id,account,segment\nA-1,Acme Corp.,SMB\nA-2,Helio,SMB\n"
HEAD = "ticket_id,account_name,created_at,type,subject\n"
TICKETS = HEAD + (
    "T-1,Acme Europe,2025-05-01,how-to,How?\nT-2,Acme Europe,2025-05-01,bug,No\n"
    "T-3,<b>Odd</b> & `co`,2025-05-01,bug,No\nT-4,Helio Labs,2025-05-01,bug,No\nT-5,Nova,2025-05-01,bug,No\n"
)


def loaded(folder: Path, tickets: str = TICKETS) -> Path:
    return copied(folder, {"accounts.csv": ACCOUNTS, "tickets.csv": tickets}).folder


def accounts_of(folder: Path) -> dict[str, str | None]:
    workspace = Workspace(folder)
    tickets = rows(workspace, "select ticket_id, account_id from tickets order by 1")
    return {row["ticket_id"]: row["account_id"] for row in tickets}


def choose(app: AppTest, name: str, verdict: str) -> None:
    app.pills(key=f"match_name {name}").set_value(verdict).run()


def test_several_decisions_are_one_new_version(tmp_path: Path, open_page: Open) -> None:
    app = open_page(loaded(tmp_path), "data-quality", tab="matching")
    assert "Rows without an account" in words(app)
    candidate = '<b><a href="./account?account=A-1">Acme Corp.</a></b>'
    assert f"<b>Acme Europe</b> (2 tickets) may be {candidate}" in words(app)
    assert "&lt;b&gt;Odd&lt;/b&gt;" in words(app)
    assert app.button(key="match_apply").disabled
    choose(app, "acmeeurope", SAME)
    choose(app, "heliolabs", OTHER)
    choose(app, "nova", ANOTHER)
    app.selectbox(key="match_account_name nova").set_value("A-2").run()
    app.button(key="match_apply").click().run()
    assert not app.exception
    assert "Version 2 is now current: 2 names matched, 1 name separated." in words(app)
    assert accounts_of(tmp_path) == {"T-1": "A-1", "T-2": "A-1", "T-3": None, "T-4": None, "T-5": "A-2"}
    assert "<b>Helio Labs</b> (1 ticket) is in no account list" in words(app)
    confirm(open_page(tmp_path, "loads"), "undo")
    assert set(accounts_of(tmp_path).values()) == {None}


def test_an_earlier_decision_is_taken_back_alone(tmp_path: Path, open_page: Open) -> None:
    app = open_page(loaded(tmp_path), "data-quality", tab="matching")
    choose(app, "acmeeurope", SAME)
    choose(app, "nova", NEW)
    app.button(key="match_apply").click().run()
    assert accounts_of(tmp_path)["T-5"] == "Nova"
    app.multiselect(key="match_forget").select("Acme Europe is Acme Corp. · A-1").run()
    app.button(key="match_apply").click().run()
    assert not app.exception
    assert accounts_of(tmp_path) == {"T-1": None, "T-2": None, "T-3": None, "T-4": None, "T-5": "Nova"}


def test_a_load_under_way_is_said_and_nothing_is_lost(tmp_path: Path, open_page: Open) -> None:
    app = open_page(loaded(tmp_path), "data-quality", tab="matching")
    choose(app, "acmeeurope", SAME)
    with Workspace(tmp_path).writing():
        app.button(key="match_apply").click().run()
        assert "Another load is running" in words(app)
    app.button(key="match_apply").click().run()
    assert accounts_of(tmp_path)["T-1"] == "A-1"


def test_a_long_queue_shows_the_most_consequential(tmp_path: Path, open_page: Open) -> None:
    many = HEAD + "".join(f"T-{n},Name{'abcdefghij'[n % 10] * (n // 10 + 1)},2025-05-01,bug,No\n" for n in range(30))
    app = open_page(loaded(tmp_path, many), "data-quality", tab="matching")
    assert len([group for group in app.pills if str(group.key).startswith("match_")]) == LISTED
    assert "10 more names with fewer rows" in words(app)


def test_where_every_row_fits_there_is_no_queue(tmp_path: Path, open_page: Open) -> None:
    app = open_page(loaded(tmp_path, HEAD + "T-1,Acme,2025-05-01,how-to,How?\n"), "data-quality", tab="matching")
    assert not app.pills
    assert "Matching (" not in words(app)
