"""Every question in every period that an address can hold, from year 1 to 9999: an answer or a sentence, no fault."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from cs_dash.errors import CsDashError
from cs_dash.questions import catalogue
from cs_dash.scope import Scope, scope_from_options
from cs_dash.store.warehouse import Warehouse
from tests.companies import company, day

PERIODS = {
    "before everything": {"as_of": ["0001-01-01"]},
    "after everything": {"as_of": ["9999-12-31"], "period": ["quarter"], "compare": ["year"]},
    "all there is": {"period": ["custom"], "from": ["0002-03-01"], "to": ["9999-12-31"], "compare": ["year"]},
    "until the first day": {"period": ["custom"], "to": ["0001-01-01"], "as_of": ["2025-06-30"]},
}


@pytest.fixture(scope="module")
def rows() -> Iterator[Warehouse]:
    accounts = [{"account_id": name, "segment": name, "signup_date": day("2024-02-29")} for name in "ab"]
    lines = [
        {"account_id": "a", "start_date": day("2024-02-29"), "mrr": 300.0, "renewal_on": day("2026-02-28")},
        {"account_id": "b", "start_date": day("2024-02-29"), "end_date": day("2025-06-01"), "mrr": 100.0},
    ]
    warehouse = company(
        day("2025-09-30"),
        accounts=accounts,
        subscriptions=lines,
        churn_events=[{"account_id": "b", "churned_on": day("2025-06-01"), "reason": "price"}],
        tickets=[
            {
                "account_id": name,
                "created_at": dt.datetime(2025, month, 1),
                "kind": "how-to",
                "subject": "How do I export?",
            }
            for name in "ab"
            for month in range(1, 6)
        ],
        usage=[{"account_id": "a", "used_on": day("2025-09-01"), "events": 3}],
        surveys=[{"account_id": "a", "answered_on": day("2025-08-01"), "survey": "NPS", "score": 9.0}],
    )
    yield warehouse
    warehouse.close()


@pytest.mark.parametrize("period", PERIODS)
def test_a_question_is_answered_in_any_period(rows: Warehouse, period: str) -> None:
    scope, _ = Scope.from_query(PERIODS[period])
    answered = 0
    for question in catalogue.questions():
        try:
            answer = catalogue.ask(rows, question, scope)
        except CsDashError:  # an option is needed that no address of this test names
            continue
        answered += 1
        assert any(note.text.startswith("Dates run from 1900-01-01 to 2199-12-31") for note in answer.notes), question
    assert answered > 40


def test_days_beyond_the_calendar_count_as_its_first_and_last() -> None:
    scope = scope_from_options("0001-01-01", "9999-12-31", "9999-12-31", [])
    assert scope.resolved(None) == scope_from_options("1900-01-01", "2199-12-31", "2199-12-31", []).resolved(None)
    assert scope.bounds_note == (
        "Dates run from 1900-01-01 to 2199-12-31: from=0001-01-01 counts as 1900-01-01, to=9999-12-31 counts as "
        "2199-12-31, as_of=9999-12-31 counts as 2199-12-31."
    )
    assert Scope(as_of=day("2199-12-31")).bounds_note == ""


def test_a_period_that_begins_after_its_end_has_one_day() -> None:
    scope = Scope(period="custom", start=day("2030-01-01")).resolved(day("2026-09-30"))
    assert (scope.start, scope.end) == (day("2030-01-01"), day("2030-01-02"))
