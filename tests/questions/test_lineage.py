"""Where a definition is used, as the questions declare it."""

from __future__ import annotations

from cs_dash.questions.lineage import built_on, questions_of, titles


def test_a_definition_knows_the_questions_that_ask_for_it() -> None:
    assert set(questions_of()["net_revenue_retention"]) >= {"retention.summary", "retention.why"}
    assert set(questions_of()["churn_path"]) == {"churn.path"}
    assert "churn.summary" not in questions_of()["net_revenue_retention"]


def test_what_no_question_asks_for_is_part_of_something_or_said_of_few() -> None:
    alone = {name for name in titles() if name not in questions_of() and name not in built_on()}
    assert alone <= {"churn_reason_months", "filled_tables", "reporting_currency", "ticket_fields"}
