"""No number of the demo company changes unless somebody means it to.

`tests/data/demo_answers.json` holds what an earlier release answered to every question, with its options left out and
with each value of each. Where a definition changes on purpose, change the numbers there in the same commit.
"""

from __future__ import annotations

import pytest

from cs_dash.questions.catalogue import questions
from tests.questions.conftest import EXPECTED, DemoAnswer, sums

TOLERANCE = 1e-6


NAMES = [" ".join([entry["question"], *entry["options"].values()]) for entry in EXPECTED]


@pytest.mark.parametrize("at", range(len(EXPECTED)), ids=NAMES)
def test_figures_rows_and_sums_are_those_of_the_release_before(at: int, demo_answers: tuple[DemoAnswer, ...]) -> None:
    expected, answer = demo_answers[at].expected, demo_answers[at].answer
    figures = {figure.name: figure.value for figure in answer.figures}
    assert figures.keys() == expected["figures"].keys()
    assert without_unknown(figures) == pytest.approx(without_unknown(expected["figures"]), rel=TOLERANCE, abs=TOLERANCE)
    assert answer.rows.num_rows == expected["rows"]
    assert sums(answer.rows) == pytest.approx(expected["sums"], rel=TOLERANCE, abs=TOLERANCE)


def without_unknown(figures: dict[str, float | None]) -> dict[str, float]:
    return {name: value for name, value in figures.items() if value is not None}


def test_every_choice_of_every_option_is_compared() -> None:
    compared = {(entry["question"], *option) for entry in EXPECTED for option in entry["options"].items()}
    for name in dict.fromkeys(entry["question"] for entry in EXPECTED):
        for option, choices in questions()[name].options.items():
            assert {(name, option, choice) for choice in choices[1:]} <= compared
