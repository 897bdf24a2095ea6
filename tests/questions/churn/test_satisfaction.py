"""Churn by the newest CSAT answer."""

from __future__ import annotations

from contextlib import closing

from cs_dash.questions.churn.satisfaction import satisfaction
from cs_dash.questions.churn.satisfaction_accounts import satisfaction_accounts
from cs_dash.scope import Scope
from tests.asking import ask
from tests.companies import company, day


def test_the_newest_answer_of_an_account_counts() -> None:
    names = ("a", "b", "c")
    answers = [("a", 5, "2024-01-05"), ("a", 1, "2024-03-05"), ("b", 5, "2024-03-05"), ("c", 1, "2024-03-05")]
    with closing(
        company(
            accounts=[{"account_id": name, "signup_date": day("2023-01-01")} for name in names],
            subscriptions=[
                {
                    "account_id": name,
                    "mrr": 10.0,
                    "start_date": day("2023-01-01"),
                    "end_date": day("2024-06-01") if name == "a" else None,
                }
                for name in names
            ],
            churn_events=[{"churn_id": "1", "account_id": "a", "churned_on": day("2024-06-01")}],
            surveys=[
                {"account_id": name, "survey": "CSAT", "score": float(score), "answered_on": day(on)}
                for name, score, on in answers
            ],
        )
    ) as warehouse:
        answer = ask(warehouse, satisfaction, Scope(period="12m", as_of=day("2024-12-31")))
        behind = ask(warehouse, satisfaction_accounts, Scope(period="12m", as_of=day("2024-12-31")))
    rows = [(row["score"], row["accounts"], row["churned_accounts"]) for row in answer.rows.to_pylist()]
    assert rows == [(1, 2, 1), (5, 1, 0)]
    assert answer.headline == "Too few accounts have a CSAT answer to compare their churn."
    assert answer.charts[0].rows.num_rows == 2
    assert [(row["account_id"], row["churned"]) for row in behind.rows.to_pylist()] == [("a", True), ("c", False)]
    assert behind.figure("churn_share").value == answer.charts[0].rows.to_pylist()[0]["churn_share"] == 0.5
