"""Quarters: how they are written, and which days they are about."""

from __future__ import annotations

import datetime as dt

import pytest

from cs_dash.errors import BadInput, NoData
from cs_dash.review.quarter import Quarter


def test_a_quarter_is_written_in_several_ways() -> None:
    assert Quarter.of("2026Q3") == Quarter.of(" 2026-q3 ") == Quarter.of("2026 Q3") == Quarter(2026, 3)
    assert str(Quarter(2026, 3)) == "2026Q3"
    assert Quarter(2026, 3).title == "Q3 2026"


@pytest.mark.parametrize("text", ["", "2026", "2026Q5", "Q3 2026", "26Q3", "0000Q1", "9999Q4", "1900Q1"])
def test_what_is_no_quarter_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="is not a quarter"):
        Quarter.of(text)


def test_quarters_follow_each_other() -> None:
    assert Quarter(2026, 1).previous() == Quarter(2025, 4)
    assert Quarter(2025, 4).next() == Quarter(2026, 1)
    assert Quarter.containing(dt.date(2026, 12, 31)) == Quarter(2026, 4)
    assert (Quarter(2026, 3).start, Quarter(2026, 3).end) == (dt.date(2026, 7, 1), dt.date(2026, 10, 1))


def test_a_quarter_that_is_over_ends_with_its_last_day() -> None:
    scope = Quarter(2026, 3).scope(dt.date(2026, 11, 20))
    assert (scope.start, scope.end, scope.as_of) == (dt.date(2026, 7, 1), dt.date(2026, 10, 1), dt.date(2026, 9, 30))
    assert scope.resolved(dt.date(2026, 11, 20)) == scope


def test_a_quarter_in_progress_ends_with_the_newest_day() -> None:
    scope = Quarter(2026, 3).scope(dt.date(2026, 8, 14), (("segment", ("SMB",)),))
    assert (scope.end, scope.as_of, scope.filters) == (
        dt.date(2026, 8, 15),
        dt.date(2026, 8, 14),
        (("segment", ("SMB",)),),
    )


def test_a_quarter_after_the_newest_day_has_no_data() -> None:
    with pytest.raises(NoData, match="30 Jun 2026"):
        Quarter(2026, 3).scope(dt.date(2026, 6, 30))
