"""How rows are matched to accounts, rows without an account, and amounts without a rate: from files to answers."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cs_dash.decisions.accounts import AccountDecision
from cs_dash.metrics import open_warehouse
from cs_dash.pipeline import load, rematch
from cs_dash.questions.data_quality.checks import checks
from cs_dash.questions.data_quality.matches import matches, unmatched
from cs_dash.store.warehouse import Warehouse
from cs_dash.store.workspace import Workspace
from tests.asking import ask

TODAY = dt.date(2026, 10, 1)
FILES = {
    "accounts": "Account ID,Account name,Segment,Domain\nA-001,Acme Corp.,SMB,acme.example\nA-002,Helio Bank,SMB,\n",
    "subscriptions": "Subscription ID,Account ID,Account name,Start date,MRR,Currency\n"
    "S1,A001,,2026-01-01,100,EUR\nS2,,Helio Banking Group,2026-01-01,900,EUR\nS3,A-002,,2026-01-01,50,USD\n",
    "tickets": "Ticket ID,Account name,Requester email,Created at,Ticket type,Subject\n"
    "T1,ACME CORPORATION,,2026-05-01 10:00,Question,How?\nT2,Acme Europe,,2026-05-02 10:00,Bug,No\n"
    "T3,ACME EUROPE Ltd,,2026-05-03 10:00,Question,How?\nT4,,jo@acme.example,2026-05-04 10:00,Question,How?\n"
    "T5,,jo@gmail.com,2026-05-05 10:00,Question,How?\nT6,,,2026-05-06 10:00,Question,How?\n",
    "surveys": "Survey ID,Account name,Date,Survey,Score\nN1,Acme Europe,2026-05-01,NPS,9\n",
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    loaded_workspace = Workspace(tmp_path_factory.mktemp("matches"))
    load(loaded_workspace, [(f"{name}.csv", io.BytesIO(text.encode())) for name, text in FILES.items()], today=TODAY)
    return loaded_workspace


def newest(workspace: Workspace) -> Warehouse:
    version = workspace.current()
    assert version is not None
    return open_warehouse(workspace.file_of(version))


@pytest.fixture(scope="module")
def loaded(workspace: Workspace) -> Iterator[Warehouse]:
    with closing(newest(workspace)) as warehouse:
        yield warehouse


def test_every_row_is_counted_under_its_way(loaded: Warehouse) -> None:
    answer = ask(loaded, matches)
    counts = {(row["table"], row["how"]): row["rows"] for row in answer.rows.to_pylist()}
    assert counts == {
        ("subscriptions", "id written another way"): 1,
        ("subscriptions", "id, known from other files only"): 1,
        ("tickets", "name"): 1, ("tickets", "e-mail domain"): 1, ("tickets", "no account found"): 4,
        ("surveys", "no account found"): 1,
    }  # fmt: skip
    assert answer.headline == "**44\u202f%** of 9 rows match an account."


def test_what_fits_no_account_is_listed_with_whose_it_may_be(loaded: Warehouse) -> None:
    rows = ask(loaded, unmatched).rows.to_pylist()
    # What hangs on it: the 900 a month of an account that may be another, then the most rows.
    assert [row["name"] for row in rows[:2]] == ["Helio Banking Group", "ACME EUROPE Ltd"]
    group, europe = rows[0], rows[1]
    assert (group["own_account"], group["mrr"], group["candidate"]) == ("Helio Banking Group", 900.0, "Helio Bank")
    assert (europe["rows"], europe["tickets"], europe["surveys"], europe["own_account"]) == (3, 2, 1, None)
    assert (europe["candidate"], europe["score"], europe["how"]) == ("Acme Corp.", 0.9, "a similar name")
    assert europe["effect"] == (
        "2 tickets missing from contact rates by account and how-to share by segment; "
        "1 survey response missing from satisfaction by account."
    )
    assert {row["name"] for row in rows[2:]} == {"jo@gmail.com", "(nothing named)"}
    assert sum(row["rows"] for row in rows if row["own_account"] is None) == 5


def test_money_without_a_rate_is_counted_and_never_converted_at_one(loaded: Warehouse) -> None:
    (row,) = [
        shortcoming
        for shortcoming in ask(loaded, checks).rows.to_pylist()
        if shortcoming["check"] == "Currency without a rate"
    ]
    assert (row["table"], row["rows"]) == ("subscriptions", 1)
    assert "No exchange rate from USD to EUR" in row["effect"]
    assert "MRR" in row["metrics"]


def test_a_decision_moves_the_rows_and_leaves_the_list(workspace: Workspace) -> None:
    rematch(workspace, [AccountDecision("same", "A-001", account_name="Acme Europe")])
    with closing(newest(workspace)) as warehouse:
        assert "ACME EUROPE Ltd" not in ask(warehouse, unmatched).rows["name"].to_pylist()
        counts = {(row["table"], row["how"]): row["rows"] for row in ask(warehouse, matches).rows.to_pylist()}
        assert (counts["tickets", "decision"], counts["surveys", "decision"]) == (2, 1)
    workspace.undo()
    with closing(newest(workspace)) as warehouse:
        assert "ACME EUROPE Ltd" in ask(warehouse, unmatched).rows["name"].to_pylist()


def test_a_company_without_files_says_that_its_ways_are_not_known(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    load(workspace, [("accounts.csv", io.BytesIO(FILES["accounts"].encode()))], today=TODAY)
    with closing(newest(workspace)) as warehouse:
        assert ask(warehouse, unmatched).headline == "Every row matches an account."
        assert "Not available for this version" in ask(warehouse, matches).headline
