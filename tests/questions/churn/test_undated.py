"""Churn without dates: no sentence, subtitle or list names a period for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cs_dash.questions.catalogue import questions
from cs_dash.scope import Scope
from cs_dash.store.warehouse import Warehouse
from tests.asking import ask
from tests.companies import company, day

SCOPE = Scope(period="12m", as_of=day("2024-12-31"))
PERIOD = "1 Jan 2024"
ASKED = ("churn.summary", "churn.reasons", "churn.path", "churn.events", "churn.kinds", "churn.recorded",
         "churn.product", "churn.reconciliation", "churn.satisfaction")  # fmt: skip


def customers(assumed: bool) -> Warehouse:
    """Return a company of 30 accounts of which ten churned, on a day of their own or on an assumed one."""
    names = [f"a{at:02d}" for at in range(30)]
    return company(
        accounts=[{"account_id": name, "segment": "SMB", "signup_date": day("2023-01-01")} for name in names],
        subscriptions=[
            {"account_id": name, "mrr": 10.0, "start_date": day("2023-01-01"),
             "end_date": day("2024-12-01") if name < "a10" else None}
            for name in names
        ],
        churn_events=[
            {"churn_id": name, "account_id": name, "churned_on": day("2024-12-01"), "reason": "price",
             "assumed": assumed}
            for name in names[:10]
        ],
        surveys=[
            {"account_id": name, "survey": "CSAT", "score": 1.0 if name < "a15" else 5.0,
             "answered_on": day("2024-03-05")}
            for name in names
        ],
    )  # fmt: skip


@pytest.fixture(scope="module")
def undated() -> Iterator[Warehouse]:
    warehouse = customers(assumed=True)
    yield warehouse
    warehouse.close()


@pytest.mark.parametrize("name", ASKED)
def test_no_period_is_named_for_churn_without_dates(name: str, undated: Warehouse) -> None:
    answer = ask(undated, questions()[name].answer, SCOPE)
    words = [answer.headline, *(chart.subtitle for chart in answer.charts), *(note.text for note in answer.notes)]
    assert not [text for text in words if PERIOD in text]


def test_churn_with_dates_names_its_period() -> None:
    warehouse = customers(assumed=False)
    answer = ask(warehouse, questions()["churn.summary"].answer, SCOPE)
    assert PERIOD in answer.headline
    assert PERIOD in answer.charts[0].subtitle
    warehouse.close()
