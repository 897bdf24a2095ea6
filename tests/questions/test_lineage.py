"""Where a definition is used, as the questions declare it."""

from __future__ import annotations

from pathlib import Path

from cs_dash.questions.lineage import built_on, questions_of, titles

ROOT = Path(__file__).resolve().parents[2]


def test_a_definition_knows_the_questions_that_ask_for_it() -> None:
    assert set(questions_of()["net_revenue_retention"]) >= {"retention.summary", "retention.why"}
    assert set(questions_of()["churn_path"]) == {"churn.path", "churn.path_accounts"}
    assert "churn.summary" not in questions_of()["net_revenue_retention"]


def test_what_no_question_asks_for_is_part_of_something_or_asked_for_by_name() -> None:
    """A definition that nothing reads would rot: screens, pipeline or at least a test of its own ask for it."""
    unused = {name for name in titles() if name not in questions_of() and name not in built_on()}
    files = [file for folder in ("cs_dash", "pages", "tests") for file in (ROOT / folder).rglob("*.py")]
    code = "\n".join(file.read_text(encoding="utf-8") for file in files)
    assert not [name for name in unused if f'("{name}"' not in code]
