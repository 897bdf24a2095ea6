"""A company is the same company however its people write it down: every number right, or asked about, never wrong."""

from __future__ import annotations

import pytest

from tests.habits.check import check
from tests.habits.choices import PLAIN, draw


@pytest.mark.parametrize("seed", range(3))
def test_a_plainly_written_company_has_its_numbers(seed: int) -> None:
    assert {outcome.name: outcome.value for outcome in check(seed, PLAIN) if outcome.verdict != "right"} == {}


@pytest.mark.parametrize("seed", range(25))
def test_no_number_is_silently_wrong(seed: int) -> None:
    """A fixed small share of what `python -m tests.habits` tries."""
    wrong = [outcome for outcome in check(seed) if outcome.verdict == "wrong"]
    assert not wrong, f"{draw(seed).changed()}"


def test_habits_follow_from_the_seed_and_combine() -> None:
    assert draw(7) == draw(7)
    drawn = [draw(seed) for seed in range(200)]
    assert {habits.language for habits in drawn} == {"en", "de", "fr", "es", "pt", "ru", "zh"}
    assert all(len({habits.chosen()[name] for habits in drawn}) > 1 for name in PLAIN.chosen())
