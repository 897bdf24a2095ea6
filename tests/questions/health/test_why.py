"""`health.why`: points that add up to the score, and what they are for in words."""

from __future__ import annotations

import datetime as dt
from math import fsum
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from cs_dash.answer import Answer
from cs_dash.errors import UnknownOption
from cs_dash.questions.health.why import why
from cs_dash.store.warehouse import Warehouse
from tests.asking import EVERYTHING, ask
from tests.companies import company, day

AS_OF = day("2026-09-30")
LINES = [{"account_id": "a", "start_date": day("2025-01-01"), "mrr": 100.0, "seats": 20.0}]


def use(users: int, first: str, weeks: int) -> list[dict[str, Any]]:
    """Return a use by each of so many users in each of the weeks from a Monday on."""
    return [
        {"account_id": "a", "user_id": f"u{user}", "used_on": day(first) + dt.timedelta(7 * week), "feature": "Board"}
        for week in range(weeks)
        for user in range(users)
    ]


def between(rows: Warehouse, from_day: str, to_day: str, account: str = "a") -> Answer:
    """Return why the score of an account changed between two days; "": the as-of date."""
    return ask(rows, why, EVERYTHING, **{"account": account, "from": from_day, "to": to_day})


def added(answer: Answer, column: str) -> float:
    return round(fsum(row[column] or 0.0 for row in answer.rows.to_pylist()), 6)


def words_of(answer: Answer) -> dict[str, str]:
    return {row["input"]: row["words"] for row in answer.rows.to_pylist()}


class WholeCompany:
    """The rows of a warehouse; those of one account are picked from those of all, which are asked for once."""

    def __init__(self, rows: Warehouse) -> None:
        self.rows = rows
        self.definitions, self.newest_day, self.currency = rows.definitions, rows.newest_day, rows.currency

    def __call__(self, relation: str, **parameters: Any) -> pa.Table:
        if relation == "account_events":  # tells the day of an answer, which is not looked at here
            return self.rows(relation, of_account="", as_of_day=parameters["as_of_day"])
        if not relation.startswith("health_"):
            return self.rows(relation, **parameters)
        return self._picked(parameters.pop("of_account", None), self.rows(relation, **parameters))

    def per_element(self, relation: str, **parameters: Any) -> pa.Table:
        return self._picked(parameters.pop("of_account"), self.rows.per_element(relation, **parameters))

    @staticmethod
    def _picked(account_id: str | None, rows: pa.Table) -> pa.Table:
        return rows if account_id is None else rows.filter(pc.equal(rows["account_id"], account_id))


@pytest.fixture(scope="module")
def fallen() -> Warehouse:
    """An account of 20 seats whose 10 weekly users became 2, and whose NPS of a year ago is out of date."""
    surveys = [{"account_id": "a", "answered_on": day("2025-09-10"), "survey": "NPS", "score": 9.0}]
    return company(
        subscriptions=LINES, usage=use(10, "2026-03-02", 26) + use(2, "2026-08-31", 5), surveys=surveys,
    )  # fmt: skip


def test_points_add_up_where_an_input_goes_missing(fallen: Warehouse) -> None:
    answer = between(fallen, "2026-09-01", "2026-10-04")
    figures = {figure.name: figure.value for figure in answer.figures}
    assert figures["score_before"] is not None
    assert figures["score_after"] is not None
    assert added(answer, "points_before") == figures["score_before"]
    assert added(answer, "points_after") == figures["score_after"]
    assert added(answer, "change") == figures["score_after"] - figures["score_before"]
    rows = {row["input"]: row for row in answer.rows.to_pylist()}
    assert rows["nps"]["points_after"] is None
    assert rows["weights"]["change"] > 0
    assert rows["nps"]["change"] + rows["weights"]["change"] < 0  # a good answer is worth more than what the others are
    assert words_of(answer)["weights"] == "NPS no longer known: the weights of the other inputs change"
    assert words_of(answer)["nps"] == "no NPS in the last 365 days, was 9"
    assert words_of(answer)["active_share"] == "weekly users fell from 10 to 2 of 20 seats"
    assert "because weekly users fell from 10 to 2" in answer.headline or "weekly use" in answer.headline
    assert [note.kind for note in answer.notes] == ["doubt"]


def test_nothing_changes_from_one_week_to_the_next(fallen: Warehouse) -> None:
    answer = between(fallen, "2026-08-01", "2026-08-03")
    assert "the same as on 1 Aug 2026" in answer.headline
    assert "weights" not in words_of(answer)
    assert words_of(answer)["active_share"] == "weekly users unchanged at 10 of 20 seats"


def test_an_account_that_is_no_customer_has_no_points(fallen: Warehouse) -> None:
    answer = between(fallen, "2024-01-01", "2024-02-01")
    assert answer.headline == "a is not a customer on 1 Feb 2024, so there is no score."
    assert [figure.value for figure in answer.figures] == [None, None, None]
    answer = between(fallen, "2024-02-01", "2026-08-01")
    assert "it was not scored on 1 Feb 2024" in answer.headline
    assert added(answer, "points_after") == answer.figure("score_after").value
    assert all(row["change"] is None for row in answer.rows.to_pylist())


@pytest.mark.parametrize(
    ("options", "title"),
    [
        ({}, "No account given"),
        ({"account": "nobody"}, "No such account"),
        ({"account": "a", "from": "soon"}, "Unknown date in from"),
        ({"account": "a", "from": "2026-09-01", "to": "2026-08-01"}, "Dates in the wrong order"),
    ],
)
def test_what_cannot_be_answered_is_one_sentence(fallen: Warehouse, options: dict[str, str], title: str) -> None:
    with pytest.raises(UnknownOption) as error:
        ask(fallen, why, EVERYTHING, **options)
    assert error.value.title == title


@pytest.mark.parametrize("days", [28, 120])
def test_points_add_up_for_every_account_of_the_demo_company(demo_warehouse: Warehouse, days: int) -> None:
    to_day = demo_warehouse.newest_day()
    assert to_day is not None
    rows = cast("Warehouse", WholeCompany(demo_warehouse))
    from_day = to_day - dt.timedelta(days=days)
    scores = {
        (row["account_id"], row["day"]): row["score"]
        for row in demo_warehouse("health_scores", on_days=[from_day, to_day]).to_pylist()
    }
    reweighted = 0
    for account_id in sorted({account_id for account_id, _ in scores}):
        answer = between(rows, from_day.isoformat(), "", account_id)
        before, after = scores.get((account_id, from_day)), scores.get((account_id, to_day))
        assert answer.figure("score_before").value == before
        assert answer.figure("score_after").value == after
        assert before is None or added(answer, "points_before") == before
        assert after is None or added(answer, "points_after") == after
        if before is not None and after is not None:
            assert added(answer, "change") == after - before
            for row in answer.rows.to_pylist():
                moved = (row["points_after"] or 0) - (row["points_before"] or 0)
                assert row["change"] == pytest.approx(moved), row
                assert row["input"] == "weights" or (row["points_before"] or 0) >= 0
                assert row["input"] == "weights" or (row["points_after"] or 0) >= 0
            reweighted += "weights" in words_of(answer)
    assert reweighted > 10
