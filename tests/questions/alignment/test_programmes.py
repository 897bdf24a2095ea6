"""Beta and pilot programmes: who takes part, feedback, use, and tickets against similar accounts, by hand."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cs_dash.answer import Answer
from cs_dash.decisions import decided, programmes
from cs_dash.decisions.programmes import Programme
from cs_dash.errors import BadInput
from cs_dash.questions.alignment import programmes as programme_questions
from cs_dash.scope import Scope
from cs_dash.store.workspace import Workspace
from tests.asking import ask
from tests.companies import ReusedReader, company, day

SCOPE = Scope(as_of=day("2026-08-31"))
SINCE = day("2026-06-01")
Row = dict[str, Any]


def tickets(account: str, before: int, after: int) -> list[Row]:
    """Return tickets of an account in the 84 days before the programme and in the 90 days after."""
    return [
        {
            "account_id": account,
            "created_at": dt.datetime.combine(SINCE + dt.timedelta(days), dt.time()),
            "kind": "defect",
        }
        for days in [*(-1 - number for number in range(before)), *range(after)]
    ]


def answered(rows: list[Row], question: Any = programme_questions.programmes, **more: list[Row]) -> Answer:
    accounts = [{"account_id": name, "account": name.upper(), "segment": "SMB"} for name in "abcd"]
    accounts += [{"account_id": "e", "account": "E", "segment": "Enterprise"}]
    lines = [{"account_id": name, "start_date": day("2025-01-01"), "mrr": 100.0} for name in "abcde"]
    warehouse = company(accounts=accounts, subscriptions=lines, tickets=rows, **more)
    value = {"title": "New planner", "since": "2026-06-01", "until": None, "accounts": ["a", "b", "gone"]}
    with closing(ReusedReader(warehouse.file, decided(decisions={("programme", "P-1"): value}))) as opened:
        return ask(opened, question, SCOPE)


def known() -> list[Row]:
    """A ticket long ago, so that the 12 weeks before the programme are in the data."""
    return [{"account_id": "e", "created_at": dt.datetime(2025, 1, 1), "kind": "defect"}]


def test_tickets_are_compared_with_similar_accounts() -> None:
    """40 before and 10 since in 84 and 92 days, against 40 and 40 of the two others of the segment."""
    rows = [*known(), *tickets("a", 20, 5), *tickets("b", 20, 5), *tickets("c", 20, 20), *tickets("d", 20, 20)]
    (row,) = answered([*rows, *tickets("e", 1, 50)]).rows.to_pylist()
    assert (row["title"], row["accounts"], row["mrr"], row["similar_accounts"]) == ("New planner", 2, 200, 2)
    assert row["rate_before"] == pytest.approx(40 / 168 * 30.4375)
    assert row["rate"] == pytest.approx(10 / 184 * 30.4375)
    assert row["similar_change"] == pytest.approx(84 / 92 - 1)
    assert row["effect"] == pytest.approx(10 / 40 - 1)
    assert row["low"] < row["effect"] < row["high"]


def test_few_tickets_say_nothing() -> None:
    (row,) = answered([*known(), *tickets("a", 2, 1), *tickets("c", 20, 20)]).rows.to_pylist()
    assert (row["verdict"], row["effect"]) == ("too early", None)


def test_feedback_and_use_of_each_account() -> None:
    usage = [
        {"account_id": "a", "used_on": day(on), "user_id": user}
        for on, user in (("2026-05-26", "u1"), ("2026-08-25", "u1"), ("2026-08-26", "u2"), ("2026-08-18", "u1"))
    ]
    notes = [
        {"account_id": "a", "noted_on": day("2026-05-01"), "note": "before"},
        {"account_id": "a", "noted_on": day("2026-07-01"), "note": "likes it"},
    ]
    surveys = [
        {"account_id": "a", "survey": "NPS", "answered_on": day("2026-08-01"), "score": 9.0, "comment": "faster"}
    ]
    rows = answered(
        known(), programme_questions.programme_accounts, usage=usage, notes=notes, surveys=surveys
    ).rows.to_pylist()
    first, second = sorted(rows, key=lambda row: row["account_id"])
    assert (first["account"], first["feedback"], first["latest"], first["latest_on"]) == (
        "A", 2, "faster", day("2026-08-01")
    )  # fmt: skip
    assert (first["users_before"], first["users_now"]) == (1 / 4, 3 / 4)
    assert (second["account"], second["feedback"], second["users_now"]) == ("B", 0, 0)


def test_milestones_called_beta_are_a_programme() -> None:
    milestones = [
        {"account_id": "c", "reached_on": day("2026-07-01"), "milestone": "Beta", "title": "Offline mode"},
        {"account_id": "d", "reached_on": day("2026-07-05"), "milestone": "beta", "title": "Offline mode"},
        {"account_id": "e", "reached_on": day("2026-07-05"), "milestone": "Alphabetical list"},
    ]
    rows = {row["title"]: row for row in answered(known(), milestones=milestones).rows.to_pylist()}
    assert set(rows) == {"New planner", "Offline mode"}
    assert (rows["Offline mode"]["accounts"], rows["Offline mode"]["since"]) == (2, day("2026-07-01"))


def test_programmes_are_added_and_removed(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    assert programmes.add(workspace, Programme(" New  planner ", SINCE, ("a", "a", " b "))) == "P-1"
    assert programmes.programmes(workspace) == (Programme("New planner", SINCE, ("a", "b"), None, "P-1"),)
    programmes.remove(workspace, "P-1")
    assert programmes.programmes(workspace) == ()
    assert programmes.add(workspace, Programme("Other", SINCE, ("a",))) == "P-2"
    with pytest.raises(BadInput, match="find the programme P-1"):
        programmes.remove(workspace, "P-1")


@pytest.mark.parametrize(
    ("programme", "message"),
    [
        (Programme(" ", SINCE, ("a",)), "has no title"),
        (Programme("Beta", SINCE, (" ",)), "has no accounts"),
        (Programme("Beta", SINCE, ("a",), day("2026-05-01")), "add “Beta”"),
    ],
)
def test_what_is_no_programme_is_refused(tmp_path: Path, programme: Programme, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        programmes.add(Workspace(tmp_path), programme)
    with pytest.raises(BadInput, match="find the account x"):
        programmes.account_list(["x"], ["a"])
