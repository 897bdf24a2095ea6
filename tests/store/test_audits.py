"""Audits are remembered: what was drawn, what was said, by whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from cs_dash.store.audits import Audit, Audits, Said
from cs_dash.store.state import State
from tests.companies import day


@pytest.fixture
def audits(tmp_path: Path) -> Audits:
    return Audits(State(tmp_path / "state.sqlite"))


def drawn(audits: Audits, *tickets: str) -> Audit:
    return audits.add(Audit(0, "seed", None, day("2026-02-01"), 1_000, tickets))


def test_a_sample_is_remembered_as_it_was_drawn(audits: Audits) -> None:
    made = drawn(audits, "b", "a", "c")
    assert (made.number, audits.all()) == (1, (made,))
    other = audits.add(Audit(0, "x", day("2025-01-01"), day("2026-02-01"), 5, ("z",)))
    assert [each.number for each in audits.all()] == [1, 2]
    assert audits.all()[1] == other


def test_it_grows_at_its_end_and_nothing_is_drawn_twice(audits: Audits) -> None:
    made = drawn(audits, "b", "a")
    audits.extend(made.number, ["a", "d", "c", "d"])
    assert audits.all()[0].drawn == ("b", "a", "d", "c")
    assert len({"b", "a", "d", "c"}) == 4


def test_the_last_word_of_each_person_counts_and_can_be_taken_back(audits: Audits) -> None:
    made = drawn(audits, "a", "b")
    audits.say(made.number, [Said("a", "Ann", "how-to"), Said("a", "Bo", "defect"), Said("b", "Ann", None)])
    audits.say(made.number, [Said("a", "Ann", "billing")])
    known = audits.all()[0]
    assert known.people == ("Bo", "Ann")
    assert known.kinds_of("Ann") == {"a": "billing", "b": None}
    assert audits.take_back(made.number, "Ann") == "a"
    assert audits.all()[0].kinds_of("Ann") == {"a": "how-to", "b": None}
    assert audits.take_back(made.number, "Ann") == "b"
    assert audits.take_back(made.number, "Ann") == "a"
    assert audits.take_back(made.number, "Ann") is None
    assert audits.all()[0].kinds_of("Bo") == {"a": "defect"}
