"""What the columns of waiting files are, and what a reader says they are."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from cs_dash import pipeline
from cs_dash.decisions import layouts
from cs_dash.intake.results.layouts import Layout
from cs_dash.store.workspace import Workspace
from cs_dash.ui.pages.data.mapping import choices_of, label_of
from cs_dash.ui.pages.data.sheet_previews import SheetPreview, sheet_previews
from cs_dash.ui.state import pending_uploads
from tests.pages.html_tables import html_tables

ODD = "Item,Nick,Moment,Worth,Keeper\nA1,Nordwind,2026-01-01,100,Ana\nA2,Helio,2026-02-01,50,Bob\n"
ACCOUNTS = "Account ID,Account name,Segment\nA1,Nordwind,SMB\nA2,Helio,Enterprise\nA3,Omega,SMB\n"


def script() -> None:
    """Show the place to drop files, with some that wait already."""
    import os
    from pathlib import Path

    import streamlit as st

    from cs_dash.ui.pages.data.upload import upload
    from cs_dash.ui.state import pending_uploads, session

    if "begun" not in st.session_state:
        st.session_state["begun"] = True
        with Path(os.environ["FILE"]).open("rb") as content:
            pending_uploads.set_pending([session.workspace().keep("file.csv", content)])
    upload()


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("CS_DASH_WORKSPACE", str(tmp_path / "workspace"))
    return Workspace(tmp_path / "workspace")


def dropped(monkeypatch: pytest.MonkeyPatch, folder: Path, text: str | bytes) -> AppTest:
    file = folder / "file.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    monkeypatch.setenv("FILE", str(file))
    app = AppTest.from_function(script, default_timeout=60).run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def choose(app: AppTest, label: str, value: str) -> None:
    (box,) = [box for box in app.selectbox if box.label == label]
    box.select(value).run()
    assert not app.exception


def examples(app: AppTest) -> list[str]:
    """What the grid shows of every column, or the table where nothing can be chosen."""
    for grid in app.dataframe:
        if "Examples" in grid.value:
            return [str(text) for text in grid.value["Examples"]]
    return next(table.column("Examples") for table in html_tables(app) if "Examples" in table.heads)


def names(workspace: Workspace) -> set[str]:
    version = workspace.current()
    assert version is not None
    with duckdb.connect(str(workspace.file_of(version)), read_only=True) as connection:
        return {name for (name,) in connection.execute("select account from accounts").fetchall()}


def current(workspace: Workspace) -> dict[str, object]:
    version = workspace.current()
    assert version is not None
    return {sheet["table"]: sheet["loaded"] for sheet in version.summary["files"]}


def test_a_sheet_that_is_set_aside_can_be_said_to_be_something(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = dropped(monkeypatch, tmp_path, ODD)
    assert "Not loaded:" in words(app)
    assert app.button(key="load").disabled
    choose(app, "Read as", "Subscriptions")
    choose(app, "Which column is the start date?", "Moment")
    assert "Not loaded:" not in words(app)
    app.button(key="load").click().run()
    assert current(workspace) == {"subscriptions": 2}
    # The next file of the kind is read without a question.
    app = dropped(monkeypatch, tmp_path, ODD.replace("A2,Helio", "A3,Omega"))
    assert not app.button(key="load").disabled
    assert not [expander for expander in app.selectbox if expander.label not in ("Read as", "Encoding", "Delimiter")]


def test_a_sheet_can_be_set_aside_and_taken_again(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = dropped(monkeypatch, tmp_path, ACCOUNTS)
    choose(app, "Read as", "set it aside")
    assert "You excluded sheets with these columns" in words(app)
    choose(app, "Read as", "Accounts")
    app.button(key="load").click().run()
    assert current(workspace) == {"accounts": 3}


def test_what_is_not_loaded_decides_nothing(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = dropped(monkeypatch, tmp_path, ACCOUNTS)
    choose(app, "Read as", "set it aside")
    app.button(key="leave").click().run()
    assert layouts.decided(workspace) == ()
    app = dropped(monkeypatch, tmp_path, ACCOUNTS)
    assert "Not loaded:" not in words(app)


def test_rows_that_lack_are_asked_about_once(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline.load(workspace, [("file.csv", io.BytesIO(ACCOUNTS.encode()))], today=dt.date(2026, 10, 1))
    shorter = ACCOUNTS.replace("A3,Omega,SMB\n", "").replace("SMB", "Mid")
    app = dropped(monkeypatch, tmp_path, shorter)
    (radio,) = app.radio
    assert "1 of 3 accounts from the previous file" in radio.label.replace("\\", "")
    assert "Omega" in radio.label
    radio.set_value(radio.options[1]).run()
    assert app.radio[0].value == radio.options[1]
    app.button(key="load").click().run()
    version = workspace.current()
    assert version is not None
    assert version.summary["gone"] == {"accounts": 1}
    app = dropped(monkeypatch, tmp_path, shorter.replace("A2,Helio,Enterprise\n", ""))
    assert not app.radio


def test_what_a_column_can_be_is_said_in_words() -> None:
    sheet = SheetPreview("a.csv", "", (("Plann", ("Pro",)), ("Id", ("A1",))), "accounts", (), ())
    assert next(iter(choices_of(sheet))) == "custom field"
    assert choices_of(sheet)["churn events: reason"] == "churn_events.reason"
    assert label_of("subscriptions", "start_date") == "start date"


def test_a_doubt_that_is_let_stand_is_decided(workspace: Workspace) -> None:
    """A column found by what it holds only is a doubt; one with the field's own name is none."""
    pipeline.load(workspace, [("a.csv", io.BytesIO(ACCOUNTS.encode()))])
    text = "Ticket ID,Whose,Created at,Subject\n" + "".join(f"T{n},A{n},2026-05-0{n},How?\n" for n in (1, 2, 3))
    looked = pipeline.load(workspace, [("tickets.csv", io.BytesIO(text.encode()))], dry_run=True)
    (sheet,) = sheet_previews(looked)
    assert [layout.column for layout in sheet.doubtful] == ["Whose"]
    columns = ("Ticket ID", "Whose", "Created at", "Subject")
    assert pending_uploads.confirmed_layouts(looked) == (Layout(columns, "tickets", {"Whose": "account_ref"}),)


def test_what_nothing_decides_is_asked_and_the_answer_is_remembered(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Subscription ID,Customer ID,Start date,MRR\nS1,A1,03/04/2026,100\nS2,A2,05/06/2026,200\n"
    app = dropped(monkeypatch, tmp_path, text)
    (column,) = app.radio
    assert "Is 03/04/2026 the 3rd of April or the 4th of March?" in column.label.replace("\\", "")
    assert (column.value, column.options) == ("3 April", ["3 April", "4 March"])
    column.set_value("4 March").run()
    assert not app.radio
    app.button(key="load").click().run()
    assert not app.exception
    (layout,) = layouts.decided(workspace)
    assert layout.options == {"dates:Start date": "mdy"}
    app = dropped(monkeypatch, tmp_path, text.replace("S1", "S8").replace("S2", "S9"))
    assert not app.radio


def test_loading_without_an_answer_is_an_answer(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Subscription ID,Customer ID,Start date,MRR\nS1,A1,03/04/2026,100\nS2,A2,05/06/2026,200\n"
    dropped(monkeypatch, tmp_path, text).button(key="load").click().run()
    (layout,) = layouts.decided(workspace)
    assert layout.options == {"dates:Start date": "dmy"}


def test_a_sheet_can_be_kept_as_it_is(workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = dropped(monkeypatch, tmp_path, "Zip,Inhabitants\n90210,21733\n10001,21102\n")
    assert "Not loaded:" in words(app)
    choose(app, "Read as", "Plain table")
    assert "Not loaded:" not in words(app)
    assert "as plain table" in app.expander[0].label
    app.button(key="load").click().run()
    assert not app.exception
    assert current(workspace) == {"plain": 2}
    app = dropped(monkeypatch, tmp_path, "Zip,Inhabitants\n90210,22000\n")
    assert "as plain table" in app.expander[0].label


def test_the_encoding_of_a_text_can_be_said_and_taken_back_and_counts_from_then_on(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = dropped(monkeypatch, tmp_path, "Account ID,Account name,Größe\nA1,Łódź,1\nA2,Gdańsk,2\n".encode("cp1250"))
    for written, options in (("Windows-1252", False), ("Windows-1250", True), ("Windows-1251", False)):
        choose(app, "Encoding", written)
        assert ("Łódź" in str(examples(app))) == options
    choose(app, "Encoding", "Windows-1250")
    app.button(key="load").click().run()
    assert names(workspace) == {"Łódź", "Gdańsk"}
    (tmp_path / "file.csv").write_bytes("Account ID,Account name,Größe\nA3,Łuków,3\n".encode("cp1250"))
    with (tmp_path / "file.csv").open("rb") as content:
        pipeline.load(workspace, [("file.csv", content)])
    assert names(workspace) == {"Łódź", "Gdańsk", "Łuków"}


def test_the_delimiter_can_be_said(workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = dropped(monkeypatch, tmp_path, "Account ID;Account name\nA1;Nordwind, Inc\nA2;Helio, Ltd\n")
    choose(app, "Delimiter", "Comma")
    assert "A2;Helio" in examples(app)[0]
    choose(app, "Delimiter", "Semicolon")
    app.button(key="load").click().run()
    assert names(workspace) == {"Nordwind, Inc", "Helio, Ltd"}
