"""Upload, data quality and loads: each shows its own part, and a load leads on to the answers."""

from __future__ import annotations

from pathlib import Path

from cs_dash.pipeline import store_upload
from cs_dash.store.workspace import Workspace
from cs_dash.ui.state import keys
from tests.pages.conftest import Open, words
from tests.pages.html_tables import html_tables
from tests.workspaces import copied

ACCOUNTS = "account_id,account,segment\nA-1,Ann,SMB\n"
TICKETS = "ticket_id,account_name,created_at,subject\nT-1,Nova,2025-05-01,How?\n"


def test_the_report_of_a_load_ends_in_the_way_to_the_answers(tmp_path: Path, open_page: Open) -> None:
    app = open_page(tmp_path, "upload")
    (tmp_path / "accounts.csv").write_text(ACCOUNTS)
    with (tmp_path / "accounts.csv").open("rb") as content:
        app.session_state[keys.PENDING_UPLOADS] = (store_upload(Workspace(tmp_path), "accounts.csv", content),)
    app.run()
    app.button(key="load").click().run()
    assert "Version 1 is now current." in words(app)
    assert "Rows in load 1" in words(app)
    assert html_tables(app)[-1].rows == [
        {"File": "accounts.csv", "Read as": "Accounts", "Read": "1", "New": "1", "Updated": "0", "Unchanged": "0",
         "Rejected": "0", "Duplicates": "0"}
    ]  # fmt: skip
    assert "<b>1</b> new account." in words(app)
    app.button(key="see_answers").click().run()
    assert not app.exception
    assert "<h1>Overview</h1>" in words(app)


def test_a_load_says_in_one_sentence_what_it_changed_and_rejected_rows_are_a_table(
    tmp_path: Path, open_page: Open
) -> None:
    lines = "subscription_id,account_id,start_date,end_date,mrr\nS-1,A-1,2025-01-01,,100\n"
    folder = copied(tmp_path, {"accounts.csv": ACCOUNTS, "lines.csv": lines}).folder
    app = open_page(folder, "upload")
    (tmp_path / "more.csv").write_text(f"{lines}S-2,A-1,2025-01-01,,50\nS-3,A-1,sometime,,50\n")
    with (tmp_path / "more.csv").open("rb") as content:
        app.session_state[keys.PENDING_UPLOADS] = (store_upload(Workspace(folder), "more.csv", content),)
    app.run()
    assert "<h2>1 problem; 1 row rejected</h2>" in words(app)
    assert "2 rows read as" not in words(app)  # the table says so
    (problem,) = html_tables(app)[-1].rows
    assert problem["Row"] == "4"
    assert problem["Value"] == "sometime"
    assert problem["Row rejected"] == "yes"
    app.button(key="load").click().run()
    assert "<b>1</b> new subscription, Monthly recurring revenue 100 → <b>150</b>." in words(app)


def test_what_is_loaded_and_what_is_not_stands_below_the_uploader(tmp_path: Path, open_page: Open) -> None:
    assert not html_tables(open_page(tmp_path / "empty", "upload"))
    folder = copied(tmp_path / "some", {"accounts.csv": ACCOUNTS, "tickets.csv": TICKETS}).folder
    lines = {row["Data"]: row for row in html_tables(open_page(folder, "upload"))[0].rows}
    assert lines["Support tickets"] == {
        "Data": "Support tickets",
        "Rows": "1",
        "Latest data": "1 May 2025",
        "Without it": "",
    }
    assert (lines["Churn events"]["Rows"], lines["Churn events"]["Without it"]) == ("0", "no churn reasons")


def test_a_tab_of_data_quality_is_an_address(tmp_path: Path, open_page: Open) -> None:
    folder = copied(tmp_path, {"accounts.csv": ACCOUNTS, "tickets.csv": TICKETS}).folder
    quality = open_page(folder, "data-quality")
    assert "<h2>Completeness" in words(quality)
    assert "Rows without an account" not in words(quality)
    assert 'href="./data-quality?tab=matching">Matching (1)</a>' in words(quality)
    matching = open_page(folder, "data-quality", tab="matching")
    assert "Rows without an account" in words(matching)
    assert "<h2>Completeness" not in words(matching)
    assert "<h2>Completeness" in words(open_page(folder, "data-quality", tab="no-such"))


def test_each_page_has_one_head(demo: Path, shown: Open) -> None:
    for page in ("upload", "data-quality", "loads"):
        assert words(shown(demo, page)).count('class="cs-head"') == 1
