"""Content gaps: questions that help articles cover, those asked despite one, unknown ones, and the content plan."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from cs_dash.look.download import csv_text, xlsx_bytes
from cs_dash.metrics import ROLLUPS, open_warehouse
from cs_dash.pipeline.topics import build_topics
from cs_dash.questions.support.topics.articles import articles, content_plan, question_of
from cs_dash.questions.support.topics.content_plan import (
    BUILD,
    COVERED,
    KEEP,
    NOT_COVERED,
    NOT_KNOWN,
    REWORK,
    STILL_ASKED,
    UPLOAD,
    WRITE,
    todo,
)
from cs_dash.questions.support.topics.fixes import DOCUMENTATION, GUIDANCE
from cs_dash.scope import Scope
from cs_dash.store.artifacts import NO_ARTIFACTS, DerivedArtifacts
from cs_dash.store.builder import Builder
from cs_dash.store.warehouse import Warehouse
from tests.asking import ask
from tests.companies import table_rows

DAY = dt.date(2026, 9, 30)
SUBJECTS = {
    "export": (
        "How do I export a report to a file?",
        "Exporting reports to a spreadsheet",
        "Download the report table",
    ),
    "invite": ("How can I invite a colleague?", "Add another user to the team", "Send an invitation to somebody"),
    "hours": (
        "How do I correct the hours of a technician?",
        "Editing booked working time",
        "Change a time entry of work",
    ),
    "calendar": ("How do I connect my calendar?", "See appointments in Outlook", "Synchronise with Google Calendar"),
    "dark": ("Please add a dark mode", "Wish for night colours on the screen", "A darker theme would help"),
}
ENDS = ("", " please", " soon", " for us", " today", " again", " now", " at all", " somehow", " quickly")
RECENT = {"export": 20, "invite": 20, "hours": 10, "calendar": 3, "dark": 10}
"""Tickets of the last 90 days; the rest of 30 each came before."""
TITLES = {"export": "Exporting reports", "invite": "Inviting colleagues", "calendar": "Connecting your calendar"}
CompanyMaker = Callable[..., Warehouse]


def ticket(topic: str, number: int) -> dict[str, Any]:
    subject = SUBJECTS[topic][number % 3]
    subject = subject if subject.endswith("?") else subject + ENDS[number // 3 % 10]
    days_ago = number * 4 if number < RECENT[topic] else 100 + number
    return {
        "ticket_id": f"{topic}-{number:03d}", "account_id": f"A{number % 4}", "subject": subject, "language": "en",
        "created_at": dt.datetime.combine(DAY, dt.time(9)) - dt.timedelta(days=days_ago),
        "kind": "feature request" if topic == "dark" else "how-to",
    }  # fmt: skip


def article(topic: str, updated_on: dt.date | None = dt.date(2025, 1, 1), **other: Any) -> dict[str, Any]:
    row = {
        "article_id": f"H-{topic}", "title": TITLES[topic], "address": f"https://help.example/{topic}",
        "updated_on": updated_on, "language": "en",
    }  # fmt: skip
    return row | other


@pytest.fixture(scope="module")
def company_with(tmp_path_factory: pytest.TempPathFactory) -> CompanyMaker:
    """A function that makes a company of four paying accounts with given articles; topics are derived only once."""
    topics_file = tmp_path_factory.mktemp("topics") / "topics.duckdb"

    def make(article_rows: list[dict[str, Any]]) -> Warehouse:
        folder = tmp_path_factory.mktemp("company")
        lines = [
            {"subscription_id": f"S{at}", "account_id": f"A{at}", "start_date": dt.date(2024, 1, 1), "mrr": 100.0}
            for at in range(4)
        ]
        rows: dict[str, list[dict[str, Any]]] = {
            "accounts": [{"account_id": f"A{at}", "account": f"Acme {at}"} for at in range(4)],
            "subscriptions": lines,
            "tickets": [ticket(topic, at) for topic in SUBJECTS for at in range(30)],
            "articles": article_rows,
        }
        with Builder(folder / "v.duckdb", None) as builder:
            for name, table_content in rows.items():
                if table_content:
                    builder.upsert(table_rows(name, table_content))
            builder.roll_up(ROLLUPS)
            builder.finish()
        before = DerivedArtifacts(topics=topics_file) if topics_file.exists() else NO_ARTIFACTS
        build_topics(folder / "v.duckdb", before, folder / "topics.duckdb")
        if not topics_file.exists():
            topics_file.write_bytes((folder / "topics.duckdb").read_bytes())
        return open_warehouse(folder / "v.duckdb", artifacts=DerivedArtifacts(topics=folder / "topics.duckdb"))

    return make


def topic_of(row: dict[str, Any]) -> str:
    """Return the subject of a question, from its newest tickets."""
    return str(row["examples"]).partition("-")[0]


def by_topic(warehouse: Warehouse) -> dict[str, list[dict[str, Any]]]:
    rows_by_topic: dict[str, list[dict[str, Any]]] = {}
    for row in ask(warehouse, articles, Scope(period="all")).rows.to_pylist():
        rows_by_topic.setdefault(topic_of(row), []).append(row)
    return rows_by_topic


def statuses(warehouse: Warehouse) -> dict[str, set[str]]:
    return {topic: {row["status"] for row in rows} for topic, rows in by_topic(warehouse).items()}


@pytest.fixture(scope="module")
def warehouse(company_with: CompanyMaker) -> Warehouse:
    unused = {"article_id": "H-9", "title": "Our opening hours on public holidays", "address": "https://help.example/9"}
    return company_with([article("export"), article("calendar"), unused])


def test_the_questions_are_the_how_to_topics_most_asked_first(warehouse: Warehouse) -> None:
    rows = ask(warehouse, articles, Scope(period="all")).rows.to_pylist()
    assert {topic_of(row) for row in rows} == {"export", "invite", "hours", "calendar"}
    assert sum(row["tickets"] for row in rows) == 120
    assert [row["rank"] for row in rows] == list(range(1, len(rows) + 1))
    assert [row["tickets"] for row in rows] == sorted((row["tickets"] for row in rows), reverse=True)
    assert len({row["question"] for row in rows}) == len(rows)
    assert all(row["accounts"] <= 4 and row["mrr"] <= 400.0 for row in rows)


def test_a_question_is_put_in_words_that_users_chose(warehouse: Warehouse) -> None:
    rows_by_topic = by_topic(warehouse)
    questions = {row["question"] for rows in rows_by_topic.values() for row in rows}
    assert "How do I connect my calendar?" in questions
    assert sum(question.endswith("?") for question in questions) >= 3


def test_covered_still_asked_and_not_covered(warehouse: Warehouse) -> None:
    status_of = statuses(warehouse)
    assert STILL_ASKED in status_of["export"]
    assert status_of["calendar"] == {COVERED}
    assert status_of["invite"] == status_of["hours"] == {NOT_COVERED}
    row = next(row for row in by_topic(warehouse)["export"] if row["status"] == STILL_ASKED)
    assert (row["article"], row["address"]) == ("Exporting reports", "https://help.example/export")
    assert row["rate"] > row["usual_rate"] > 0
    # by the formula: tickets of the last 90 days x 30 / 90 / 4 accounts x 100
    assert row["rate"] == pytest.approx(row["asked"] * 30 / 90 / 4 * 100)
    assert row["days"] == 90


def test_figures_are_shares_of_tickets_and_unused_articles_are_counted(warehouse: Warehouse) -> None:
    answer = ask(warehouse, articles, Scope(period="all"))
    rows = answer.rows.to_pylist()
    for name, status in (("not_covered", NOT_COVERED), ("still_asked", STILL_ASKED), ("covered", COVERED)):
        tickets = sum(row["tickets"] for row in rows if row["status"] == status)
        assert answer.figure(name).value == pytest.approx(tickets / 120)
    assert answer.figure("about_nothing").value == 1
    assert answer.figure("about_nothing").n == 3
    assert "no help article" in answer.headline
    assert answer.chart("questions").rows.num_rows == len(rows)


def test_a_fresh_article_is_given_time(company_with: CompanyMaker) -> None:
    status_of = statuses(company_with([article("export", DAY - dt.timedelta(days=27))]))
    assert status_of["export"] <= {COVERED, NOT_COVERED}
    assert COVERED in status_of["export"]
    later = by_topic(company_with([article("export", DAY - dt.timedelta(days=40))]))["export"]
    row = next(row for row in later if row["articles"])
    assert row["status"] == STILL_ASKED
    assert row["days"] == 40
    assert row["asked"] < 20
    assert row["todo"] == BUILD


@pytest.fixture(scope="module")
def mixed(company_with: CompanyMaker) -> Warehouse:
    """An article without a date, a draft, and two articles about the same."""
    address = "https://help.example/x"
    more = article("calendar", dt.date(2026, 3, 1), article_id="H-x", title="Calendar in Outlook", address=address)
    return company_with([article("export", None), article("invite", status="Draft"), article("calendar"), more])


def test_without_a_day_of_the_last_change_the_last_90_days_count(mixed: Warehouse) -> None:
    row = next(row for row in by_topic(mixed)["export"] if row["articles"])
    assert (row["status"], row["days"], row["updated_on"]) == (STILL_ASKED, 90, None)
    assert "article without an update date" in row["why"]
    assert any("without an update date: the last 90 days count" in note.text for note in ask(mixed, articles).notes)


def test_nobody_can_read_a_draft(mixed: Warehouse) -> None:
    assert statuses(mixed)["invite"] == {NOT_COVERED}


def test_several_articles_the_nearest_is_shown_the_newest_dates(mixed: Warehouse) -> None:
    row = next(row for row in by_topic(mixed)["calendar"] if row["articles"] == 2)
    assert row["updated_on"] == dt.date(2026, 3, 1)
    assert {row["address"], *row["others"]} == {"https://help.example/calendar", "https://help.example/x"}


def test_without_articles_nothing_is_known_and_it_says_what_would_tell(company_with: CompanyMaker) -> None:
    warehouse = company_with([])
    answer = ask(warehouse, articles, Scope(period="all"))
    rows = answer.rows.to_pylist()
    assert {row["status"] for row in rows} == {NOT_KNOWN}
    assert {row["todo"] for row in rows} == {UPLOAD}
    assert {row["articles"] for row in rows} == {None}
    assert answer.figures == ()
    assert ask(warehouse, content_plan).missing_tables == ("articles",)
    (missing,) = [note for note in answer.notes if note.kind == "missing"]
    assert missing.table == "articles"
    assert "Upload your help articles to see which of 4 questions they cover" in answer.headline


def test_without_tickets_it_is_the_empty_state(tmp_path: Path) -> None:
    with Builder(tmp_path / "v.duckdb", None) as builder:
        builder.upsert(table_rows("articles", [article("export")]))
        builder.roll_up(ROLLUPS)
        builder.finish()
    for question in (articles, content_plan):
        assert ask(open_warehouse(tmp_path / "v.duckdb"), question).missing_tables == ("tickets",)


def test_the_plan_is_a_file_to_fill_in(warehouse: Warehouse) -> None:
    plan = ask(warehouse, content_plan, Scope(period="all"))
    rows = plan.rows.to_pylist()
    assert list(rows[0]) == [
        "rank", "question", "status", "todo", "why", "examples", "article", "address", "owner",
    ]  # fmt: skip
    assert all(row["owner"] is None and row["why"] and row["examples"] for row in rows)
    todos = {row["status"]: row["todo"] for row in rows}
    assert todos[NOT_COVERED] == WRITE
    assert todos[COVERED] == KEEP
    assert todos[STILL_ASKED] in (REWORK, BUILD)
    head = csv_text(plan).splitlines()[0]
    assert head.startswith("rank,question,status,todo,why")
    sheet = load_workbook(io.BytesIO(xlsx_bytes(plan)))["Rows"]
    assert [cell.value for cell in sheet[1]][-1] == "Owner"
    assert sheet.max_row == len(rows) + 1


@pytest.mark.parametrize(
    ("status", "fix", "updated_on", "expected"),
    [
        (NOT_COVERED, GUIDANCE, None, WRITE),
        (COVERED, DOCUMENTATION, dt.date(2020, 1, 1), KEEP),
        (NOT_KNOWN, DOCUMENTATION, None, UPLOAD),
        (STILL_ASKED, DOCUMENTATION, dt.date(2020, 1, 1), REWORK),
        (STILL_ASKED, DOCUMENTATION, None, REWORK),
        (STILL_ASKED, DOCUMENTATION, DAY - dt.timedelta(days=180), BUILD),
        (STILL_ASKED, GUIDANCE, dt.date(2020, 1, 1), BUILD),
    ],
)
def test_what_to_do(status: str, fix: str, updated_on: dt.date | None, expected: str) -> None:
    assert todo({"status": status, "fix": fix, "updated_on": updated_on}, DAY) == expected


def test_a_question_is_never_put_twice_and_falls_back_on_the_name() -> None:
    row = {"label": "Report with our logo · export", "terms": ["export"]}
    topic_words = {
        "asked_as": ["How do I export?", "Where is it?"],
        "times": [5, 5],
        "subject": "Logo",
        "body": "Can I print?",
    }
    assert question_of(row, topic_words, ()) == "How do I export?"
    assert question_of(row, topic_words, {"How do I export?"}) == "Where is it?"
    assert question_of(row, topic_words, {"How do I export?", "Where is it?"}) == "Can I print?"
    assert question_of(row, None, ()) == "Report with our logo"
