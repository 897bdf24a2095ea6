"""What is outside of what companies report carries "check this" and its likely causes; what is not, does not."""

from __future__ import annotations

import datetime as dt

import pytest

from cs_dash.answer import Answer, Figure
from cs_dash.questions.plausibility import BOUNDS, with_checks
from cs_dash.scope import Scope

DAY = dt.date(2025, 12, 31)
YEAR = Scope(period="12m", start=dt.date(2025, 1, 1), end=dt.date(2026, 1, 1), as_of=DAY)
QUARTER = Scope(period="3m", start=dt.date(2025, 10, 1), end=dt.date(2026, 1, 1), as_of=DAY)


def answer_with(name: str, value: float | None, n: int | None = 200, question: str = "any") -> Answer:
    return Answer(question, "", "", DAY, figures=(Figure(name, "Figure", value, "share", n=n, caveat="few"),))


@pytest.mark.parametrize(
    ("name", "value", "n", "scope", "question", "marked"),
    [
        ("nrr", 2.92, 185, YEAR, "retention.summary", True),
        ("nrr", 2.92, 185, YEAR, "overview.summary", True),
        ("nrr", 1.6, 185, YEAR, "retention.summary", False),
        ("nrr", 0.3, 185, YEAR, "retention.summary", True),
        ("nrr", 2.92, 7, YEAR, "retention.summary", False),
        ("nrr", 2.92, None, YEAR, "retention.summary", False),
        ("nrr", None, 185, YEAR, "retention.summary", False),
        ("grr", 0.2, 185, YEAR, "retention.summary", True),
        ("churn_share", 0.55, 300, QUARTER, "churn.summary", True),
        ("churn_share", 0.55, 300, YEAR, "churn.summary", False),
        ("churn_share", 0.9, 300, YEAR, "churn.summary", True),
        ("share", 0.97, 300, YEAR, "support.howto", True),
        ("share", 0.97, 300, YEAR, "churn.reasons", False),
        ("howto_share", 0.01, 300, YEAR, "overview.summary", True),
        ("nps", -95, 300, YEAR, "health.nps", True),
    ],
)
def test_a_figure_beyond_its_bounds_is_marked(
    name: str, value: float | None, n: int | None, scope: Scope, question: str, marked: bool
) -> None:
    answer = with_checks(answer_with(name, value, n, question), scope)
    assert (answer.figures[0].caveat == "check this · few") == marked
    assert [note.text.startswith("Check this: Figure of ") for note in answer.notes] == [True] * marked
    if marked:
        bounds = BOUNDS["howto_share" if name == "share" else name]
        assert value is not None
        high = bounds.high is not None and value > (bounds.short_high or bounds.high)
        causes = bounds.high_causes if high else bounds.low_causes
        assert answer.notes[0].text.endswith(f"Likely causes: {causes}.")


def test_nothing_is_changed_where_all_is_plausible() -> None:
    answer = answer_with("nrr", 1.1)
    assert with_checks(answer, YEAR) is answer
