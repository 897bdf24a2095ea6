"""The list of tickets, searched and filtered, with their accounts; and a single ticket in full."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from cs_dash.errors import UnknownOption
from cs_dash.questions.support.tickets.tickets import ticket, tickets
from cs_dash.scope import Scope
from cs_dash.store.warehouse import Warehouse
from tests.asking import ask
from tests.companies import company, day

ROWS = (
    ("T-1", "a", "how-to", "label", None, None, "Reports", "de", "Bericht als PDF", "Wie EXPORTIERE ich?\nÄhm"),
    (
        "T-2",
        "a",
        "how-to",
        "model",
        0.55,
        "how, export",
        "Reports",
        "en",
        "Export",
        "How do I make a pdf of 100 % of it?",
    ),
    ("T-3", "b", "defect", "model", 0.95, "broken", "Jobs", "en", "Export broken", None),
    ("T-4", None, "billing", "lexicon", None, None, None, "en", None, "An invoice_1 for ПРИВЕТ"),
    ("T-5", "b", None, None, None, None, None, "unknown", None, None),
    ("T-6", "b", "not a ticket", "column", None, None, None, "en", "Out of office: export", None),
)
TYPES = {"T-1": "Question", "T-2": " question ", "T-3": "Question, urgent"}
NAMES = (
    "ticket_id", "account_id", "kind", "kind_source", "kind_probability", "kind_words", "product_area", "language_code",
    "subject", "body",
)  # fmt: skip


@pytest.fixture(scope="module")
def desk() -> Warehouse:
    """Five tickets in January 2026, one a day, and an automatic message."""
    ticket_rows = [dict(zip(NAMES, row, strict=True)) for row in ROWS]
    return company(
        accounts=[{"account_id": "a", "account": "Ann", "csm": "Kim"}, {"account_id": "b", "account": "Bob"}],
        subscriptions=[{"account_id": "a", "mrr": 100.0, "start_date": day("2025-01-01")}],
        tickets=[
            row | {"type": TYPES.get(str(row["ticket_id"])), "created_at": dt.datetime(2026, 1, 1 + at)}
            for at, row in enumerate(ticket_rows)
        ],
        notes=[{"account_id": "a", "noted_on": day("2026-01-31")}],
    )


def ticket_ids(desk: Warehouse, **options: Any) -> list[str]:
    return list(ask(desk, tickets, **options).rows["ticket_id"].to_pylist())


def test_all_tickets_of_the_period_newest_first_with_their_accounts(desk: Warehouse) -> None:
    answer = ask(desk, tickets)
    rows = answer.rows.to_pylist()
    assert [row["ticket_id"] for row in rows] == ["T-5", "T-4", "T-3", "T-2", "T-1"]
    assert [row["source"] for row in rows] == ["none", "lexicon", "model", "model", "label"]
    assert [(row["account"], row["mrr"]) for row in rows[2:]] == [("Bob", None), ("Ann", 100.0), ("Ann", 100.0)]
    assert (rows[1]["account"], rows[1]["account_id"]) == (None, None)
    assert (rows[3]["because"], rows[3]["probability"]) == ("how, export", 0.55)
    assert answer.headline == "**5** tickets, up to 31 Jan 2026; 1 without a category."
    assert ticket_ids(desk, window="3") == [row["ticket_id"] for row in rows]
    assert not len(ask(desk, tickets, Scope(period="custom", start=day("2026-01-20"), end=day("2026-02-01"))).rows)


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("export", ["T-3", "T-2", "T-1"]),
        ("  PDF   Export ", ["T-2", "T-1"]),
        ("ähm", ["T-1"]),
        ("привет", ["T-4"]),
        ("100 %", ["T-2"]),
        ("invoice_1", ["T-4"]),
        ("invoice%1", []),
        ("'; drop table tickets; --", []),
        ("   ", ["T-5", "T-4", "T-3", "T-2", "T-1"]),
    ],
)
def test_every_word_must_occur_in_subject_or_message(desk: Warehouse, search: str, expected: list[str]) -> None:
    assert ticket_ids(desk, search=search) == expected


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"kind": "how-to"}, ["T-2", "T-1"]),
        ({"kind": "none"}, ["T-5"]),
        ({"source": "model"}, ["T-3", "T-2"]),
        ({"source": "none"}, ["T-5"]),
        ({"unsure": "yes"}, ["T-2"]),
        ({"area": "reports"}, ["T-2", "T-1"]),
        ({"type": "question"}, ["T-2", "T-1"]),
        ({"account": "bob"}, ["T-5", "T-3"]),
        ({"account": "b", "kind": "defect"}, ["T-3"]),
        ({"language": "unknown"}, ["T-5"]),
        ({"search": "export", "source": "model", "kind": "how-to"}, ["T-2"]),
    ],
)
def test_filters(desk: Warehouse, options: dict[str, str], expected: list[str]) -> None:
    assert ticket_ids(desk, **options) == expected


def test_fewer_rows_than_fit_are_said(desk: Warehouse) -> None:
    answer = ask(desk, tickets, most="2", search="export")
    assert len(answer.rows) == 2
    assert answer.figure("tickets").value == 3
    assert answer.headline == "**3** of 5 tickets, up to 31 Jan 2026: with “export”. Shows the latest 2."


def test_nothing_found_is_nothing(desk: Warehouse) -> None:
    answer = ask(desk, tickets, search="zebra", kind="how-to", account="Ann")
    assert answer.headline == "**0** of 5 tickets, up to 31 Jan 2026: with “zebra”, how-to, from Ann."
    assert answer.figure("tickets").value == 0


def test_what_does_not_exist_is_refused_with_the_nearest(desk: Warehouse) -> None:
    with pytest.raises(UnknownOption, match="no ticket has it") as error:
        ask(desk, tickets, area="Report")
    assert "Reports" in error.value.hint
    wrong: tuple[dict[str, Any], ...] = (
        {"topic": "t-1"},
        {"most": "0"},
        {"most": "many"},
        {"search": " ".join(map(str, range(20)))},
    )
    for option in wrong:
        with pytest.raises(UnknownOption):
            ask(desk, tickets, **option)


def test_tickets_without_any_text_say_what_cannot_be_told() -> None:
    bare = company(tickets=[{"ticket_id": f"T-{at}", "created_at": dt.datetime(2026, 1, 1)} for at in range(3)])
    answer = ask(bare, tickets)
    assert [note.kind for note in answer.notes if "None of the 3 tickets has a subject" in note.text] == ["missing"]
    assert len(answer.rows) == 3


def test_some_tickets_without_a_text_are_a_doubt(desk: Warehouse) -> None:
    texts = [note.text for note in ask(desk, tickets).notes]
    assert "1 of 5 tickets has no text and cannot be found by search." in texts


def test_one_ticket_is_told_whole_whatever_the_period(desk: Warehouse) -> None:
    early = Scope(period="custom", start=day("2025-01-01"), end=day("2025-02-01"))
    (row,) = ask(desk, ticket, early, ticket="T-1").rows.to_pylist()
    assert row["body"] == "Wie EXPORTIERE ich?\nÄhm"
    assert (row["account"], row["csm"], row["kind"], row["source"]) == ("Ann", "Kim", "how-to", "label")
    assert ask(desk, ticket, ticket="T-6").rows["kind"].to_pylist() == ["not a ticket"]
    with pytest.raises(UnknownOption, match="not in the data"):
        ask(desk, ticket, ticket="T-99")


def test_without_tickets_the_file_that_brings_them_is_named() -> None:
    bare = company(accounts=[{"account_id": "a"}])
    assert ask(bare, tickets).missing_tables == ask(bare, ticket, ticket="x").missing_tables == ("tickets",)
