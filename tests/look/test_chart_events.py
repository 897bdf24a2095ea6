"""Events on charts over time: each stands at its month or day, once, in words that a screen reader has, too."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import altair as alt
import pytest

from cs_dash.charts import ChartEvent, place_of
from cs_dash.look import charts
from tests.look.samples import MONTHS, bars, lines

SHIPPED = ChartEvent(dt.date(2025, 11, 17), "Guided import")
PRICES = ChartEvent(dt.date(2025, 11, 3), "New prices")


def marked(chart: Any) -> list[dict[str, Any]]:
    """Return the rows of a drawing that bear an event."""
    return [row for row in charts.frame(chart).to_pylist() if row.get("event")]


@pytest.mark.parametrize("form", [bars, lines])
def test_an_event_stands_once_at_its_month_with_its_name(form: Any) -> None:
    (row,) = marked(replace(form(), events=(SHIPPED,)))
    assert (row["x"], row["event"], row["event_name"]) == (
        "2025-11-01", "17 Nov 2025: Guided import", "Guided import",
    )  # fmt: skip


def test_events_of_one_month_share_a_mark_and_have_no_name_beside_it() -> None:
    (row,) = marked(replace(bars(), events=(SHIPPED, PRICES)))
    assert row["event"] == "3 Nov 2025: New prices; 17 Nov 2025: Guided import"
    assert not row["event_name"]


def test_an_event_outside_of_the_axis_is_not_drawn() -> None:
    assert marked(replace(bars(), events=(ChartEvent(dt.date(2024, 1, 1), "Before"),))) == []


@pytest.mark.parametrize("form", [bars, lines])
def test_the_drawing_is_valid_and_without_events_as_before(form: Any) -> None:
    spec = charts.spec(replace(form(), events=(SHIPPED,)))
    alt.Chart.from_dict(spec | {"data": {"values": []}}, validate=True)
    assert "datum.event" in str(spec)
    assert "datum.event" not in str(charts.spec(form()))


def test_a_screen_reader_hears_the_events() -> None:
    assert charts.description(replace(lines(), events=(SHIPPED,))).endswith("Events: 17 Nov 2025: Guided import.")


def test_of_days_the_first_one_from_the_event_on_bears_it() -> None:
    weeks = [dt.date(2026, 1, 5) + dt.timedelta(weeks=number) for number in range(4)]
    assert place_of(dt.date(2026, 1, 13), weeks) == dt.date(2026, 1, 19)
    assert place_of(dt.date(2026, 1, 5), weeks) == dt.date(2026, 1, 5)
    assert place_of(dt.date(2026, 1, 4), weeks) is None
    assert place_of(dt.date(2026, 2, 1), weeks) is None
    assert place_of(dt.date(2025, 12, 31), MONTHS) == dt.date(2025, 12, 1)


def test_of_quarters_an_event_stands_at_the_one_it_lies_in() -> None:
    quarters = [dt.date(2026, 1, 1), dt.date(2026, 4, 1), dt.date(2026, 7, 1)]
    assert place_of(dt.date(2026, 2, 16), quarters) == dt.date(2026, 1, 1)
    assert place_of(dt.date(2026, 9, 14), quarters) == dt.date(2026, 7, 1)
    assert place_of(dt.date(2026, 10, 1), quarters) is None
    assert place_of(dt.date(2025, 12, 31), quarters) is None
    ends = [dt.date(2026, 3, 31), dt.date(2026, 6, 30)]
    assert place_of(dt.date(2026, 2, 16), ends) == dt.date(2026, 3, 31)
    assert place_of(dt.date(2026, 7, 1), ends) is None


def test_a_long_name_is_left_to_the_tooltip() -> None:
    (row,) = marked(replace(lines(), events=(ChartEvent(SHIPPED.day, "Guided spreadsheet import"),)))
    assert row["event"] == "17 Nov 2025: Guided spreadsheet import"
    assert not row["event_name"]
