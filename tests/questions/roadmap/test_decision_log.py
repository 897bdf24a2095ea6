"""The decision log: what became of decisions, as said at a review, else as the days say; and whom to tell."""

from __future__ import annotations

from typing import Any

import pytest

from cs_dash.decisions import decided
from cs_dash.errors import UnknownOption
from cs_dash.questions.roadmap.decisions import decisions
from cs_dash.questions.roadmap.messages import messages
from tests.asking import ask
from tests.companies import ReusedReader, company, day

Row = dict[str, Any]
TABLES: dict[str, list[Row]] = {
    "accounts": [
        {"account_id": "A", "account": "Alpha <b>", "csm": "Ana"}, {"account_id": "B", "account": "Beta", "csm": "Ana"},
        {"account_id": "C", "account": "Gamma", "csm": "Bo"}, {"account_id": "D", "account": "Delta"},
        {"account_id": "E", "account": "Gone", "csm": "Bo"},
    ],
    "subscriptions": [
        *({"account_id": name, "mrr": 10.0, "start_date": day("2025-01-01")} for name in "ABCD"),
        {"account_id": "E", "mrr": 10.0, "start_date": day("2025-01-01"), "end_date": day("2026-05-01")},
    ],
    "feature_requests": [
        *({"account_id": name, "title": "Map", "requested_on": day("2026-01-01")} for name in "ABCDE"),
        {"account_id": "A", "title": "Else", "requested_on": day("2026-06-30")},
    ],
}  # fmt: skip


def warehouse(made: dict[tuple[str, str], Any]) -> ReusedReader:
    items = {subject for _, subject in made if subject.startswith("R-")}
    titles = {("roadmap item", item): {"title": f"Title {item} & <i>", "requests": ["map"]} for item in items}
    return ReusedReader(company(**TABLES).file, decided(decisions=titles | made))


def decision(due: str | None = None, verdict: str = "accepted", on: str = "2026-01-01") -> Row:
    return {"decision": verdict, "owner": "Ana", "team": "cs", "due": due, "on": on}


def reviewed(of: Row, outcome: str) -> Row:
    decided_fields = {name: of[name] for name in ("decision", "owner", "due", "on")}
    return {"outcome": outcome, "note": "", "on": "2026-06-01", "by": "Bo", "decided": decided_fields}


def test_a_review_counts_before_the_days_and_only_for_its_own_decision() -> None:
    due, later = decision("2026-03-01"), decision("2026-12-01")
    opened = warehouse(
        {
            ("item decision", "R-1"): due, ("item shipped", "R-1"): {"on": "2026-02-01", "accounts": None},
            ("item decision", "R-2"): due, ("item shipped", "R-2"): {"on": "2026-04-01", "accounts": None},
            ("item decision", "R-3"): due,
            ("item decision", "R-4"): due, ("item review", "R-4"): reviewed(due, "kept"),
            ("item decision", "R-5"): later,
            ("item decision", "R-6"): later, ("item review", "R-6"): reviewed(due, "kept"),  # of an earlier decision
            ("item decision", "R-7"): decision(verdict="declined"),
            ("item review", "R-7"): reviewed(decision(verdict="declined"), "missed"),
        }
    )  # fmt: skip
    answer = ask(opened, decisions)
    opened.close()
    rows = {row["item"]: (row["kept"], row["outcome"]) for row in answer.rows.to_pylist()}
    assert rows == {
        "R-1": ("yes", "shipped on time"), "R-2": ("no", "shipped late"), "R-3": ("no", "overdue"),
        "R-4": ("yes", "kept"), "R-5": (None, None), "R-6": (None, None), "R-7": ("no", "missed"),
    }  # fmt: skip
    assert answer.figure("kept").value == pytest.approx(2 / 5)
    assert (answer.figure("overdue").value, answer.figure("to_review").value) == (1, 3)
    assert "Of 5 items due, **2** were kept. 1 item is overdue." in answer.headline


def test_each_csm_gets_the_accounts_that_were_not_told_and_a_text() -> None:
    shipped = {
        "on": "2026-06-01",
        "accounts": {"A": "2026-05-20", "B": "2026-05-20", "D": "2026-05-20", "E": "2026-05-20"},
    }
    opened = warehouse(
        {("item shipped", "R-1"): shipped, ("item told", '["R-1", "B"]'): True, ("item score", "R-2"): {"impact": 1}}
    )
    rows = ask(opened, messages, item="R-1").rows.to_pylist()
    assert [(row["csm"], row["accounts"], row["to_tell"], row["told"]) for row in rows] == [
        (None, ["Delta"], 1, 0), ("Ana", ["Alpha <b>"], 1, 1)
    ]  # Gamma did not get it, Gone no longer pays  # fmt: skip
    assert rows[1]["subject"] == "Title R-1 & <i> is now available"
    assert "you asked us about “Title R-1 & <i>”. It has been available since 1 Jun 2026." in rows[1]["text"]
    assert rows[1]["text"].endswith("Kind regards\nAna")
    assert rows[0]["text"].endswith("Kind regards\nYour customer success team")
    assert ask(opened, messages, item="R-1", csm="Bo").rows.num_rows == 0
    waiting = ask(opened, messages, item="R-2")
    assert (waiting.rows.num_rows, "has not shipped yet: 5 accounts asked" in waiting.headline) == (0, True)
    with pytest.raises(UnknownOption, match="none of them asked"):
        ask(opened, messages, item="R-1", csm="Eve")
    opened.close()
