"""Which tickets are in the labelling queue, in which order, and which never are."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from cs_dash.answer import Answer
from cs_dash.decisions.audits import Audit
from cs_dash.errors import UnknownOption
from cs_dash.questions import catalogue
from cs_dash.questions.support.tickets.labelling_queue import spread_out
from cs_dash.scope import Scope
from tests.companies import company, day

ALL = Scope(period="all", as_of=day("2026-01-31"))


def tickets(count: int, prefix: str, **more: Any) -> list[dict[str, Any]]:
    """Tickets with distinct subjects; if a model gave the kind, it is surer of each than of the one before."""
    start = dt.datetime(2026, 1, 1)
    modelled = more.get("kind_source") == "model"
    return [
        {"ticket_id": f"{prefix}{at:02d}", "account_id": "a", "subject": f"{prefix} {at}", **more,
         "created_at": start + dt.timedelta(days=at % 20), "kind_probability": 0.4 + at / 100 if modelled else None}
        for at in range(count)
    ]  # fmt: skip


def queue(rows: list[dict[str, Any]], *audits: Audit, scope: Scope = ALL, **options: str) -> Answer:
    return catalogue.ask(company(tickets=rows), "support.to_label", scope, options, audits)


def column_of(answer: Answer, column: str = "ticket_id") -> list[Any]:
    return [row[column] for row in answer.rows.to_pylist()]


def test_the_least_sure_come_first_in_turn_with_kinds_that_lack_examples() -> None:
    rows = tickets(20, "m", kind="how-to", kind_source="model") + tickets(
        12, "b", kind="billing", kind_source="lexicon"
    )
    rows += tickets(5, "n") + tickets(12, "h", kind="how-to", kind_source="label")
    answer = queue(rows, most="10")
    assert answer.figure("waiting").value == 37
    assert answer.figure("labelled").value == 12
    turns = ["unsure", "few examples", "unknown words", "unsure", "few examples"]
    assert column_of(answer, "why") == turns * 2
    first = column_of(answer)
    assert [ticket_id for ticket_id in first if ticket_id.startswith("m")] == ["m00", "m01", "m02", "m03"]
    assert sum(ticket_id.startswith("b") for ticket_id in first) == 4
    assert sum(ticket_id.startswith("n") for ticket_id in first) == 2
    assert column_of(queue(rows, most="10")) == first


def test_of_a_rare_kind_as_many_are_offered_as_the_model_lacks() -> None:
    rows = tickets(30, "b", kind="billing", kind_source="lexicon") + tickets(
        30, "m", kind="how-to", kind_source="model"
    )
    rows += tickets(7, "x", kind="billing", kind_source="label")
    answer = queue(rows, most="20")
    assert sum(why == "few examples" for why in column_of(answer, "why")) == 3
    assert sum(ticket_id.startswith("b") for ticket_id in column_of(answer)) == 3
    assert column_of(queue(rows), "why")[-27:] == ["later"] * 27


def test_without_a_model_the_suggested_kinds_come_in_turn_the_most_frequent_first() -> None:
    rows = tickets(12, "h", kind="how-to", kind_source="lexicon") + tickets(
        11, "d", kind="defect", kind_source="lexicon"
    )
    rows += tickets(10, "o", kind="outage", kind_source="lexicon")
    assert column_of(queue(rows), "kind")[:20] == ["how-to", "defect"] * 10
    assert column_of(queue(rows), "kind")[20:30] == ["outage"] * 10
    assert set(column_of(queue(tickets(3, "n")), "why")) == {"unknown words"}


def test_what_is_never_offered() -> None:
    model = {"kind": "how-to", "kind_source": "model"}
    rows = tickets(9, "m", **model) + tickets(3, "l", kind="how-to", kind_source="label")
    rows += tickets(3, "c", kind="defect", kind_source="column")
    rows += tickets(3, "s", kind="not a ticket", kind_source="lexicon")
    rows += tickets(3, "e", kind="how-to", kind_source="lexicon", subject=None)
    first = Audit(1, "seed", None, day("2026-02-01"), 9, ("m03", "m00"))
    second = Audit(2, "seed", None, day("2026-02-01"), 9, ("m05",))
    answer = queue(rows, first, second)
    assert column_of(answer) == ["m01", "m02", "m04", "m06", "m07", "m08"]
    assert any("3 tickets in the audit sample" in note.text for note in answer.notes)
    assert column_of(queue(rows, scope=Scope("custom", day("2026-01-08"), day("2026-01-10")))) == ["m07", "m08"]
    settled = queue(tickets(3, "c", kind="defect", kind_source="column"))
    assert settled.headline.startswith("No tickets to label")
    assert not column_of(settled)


def test_two_alike_do_not_follow_each_other_while_others_wait() -> None:
    rows = [
        {"subject": subject, "topic": topic}
        for subject, topic in [("A", "1"), ("a ", "2"), ("B", "1"), ("C", ""), ("", ""), ("D", "3"), (None, None)]
    ]
    assert [row["subject"] for row in spread_out(rows, 9)] == ["A", "C", "", "D", "a ", "B", None]
    assert [row["subject"] for row in spread_out(rows, 2)] == ["A", "C"]
    similar = [{"subject": "S", "topic": None, "at": at} for at in range(4)]
    assert spread_out(similar, 4) == similar


@pytest.mark.parametrize("most", ["0", "many", "1001"])
def test_a_number_that_is_none_is_refused(most: str) -> None:
    with pytest.raises(UnknownOption):
        queue(tickets(1, "n"), most=most)
