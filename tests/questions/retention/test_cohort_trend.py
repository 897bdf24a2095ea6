"""One age over cohorts, and two groups side by side: said only when it is more than chance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from cs_dash.charts import LineChart
from cs_dash.errors import UnknownOption
from cs_dash.questions.retention.cohort_compare import cohort_compare
from cs_dash.questions.retention.cohort_trend import cohort_trend
from cs_dash.questions.retention.cohorts import cohorts
from cs_dash.scope import Scope
from cs_dash.stats.intervals import wilson
from tests.asking import ask
from tests.companies import company, day
from tests.questions.retention.lines import month_starts

MONTHS = month_starts(day("2024-01-01"), day("2024-12-01"))
YEAR_LATER = Scope(as_of=day("2025-12-31"))


def started(leavers: Callable[[int], int], size: int = 40, segment: str = "") -> dict[str, list[dict[str, Any]]]:
    """A cohort of `size` accounts in each month of 2024, of which `leavers` of its number leave after two months."""
    lines, accounts = [], []
    for number, first in enumerate(MONTHS):
        for place in range(size):
            name = f"{segment}{number}-{place}"
            left_on = first + dt.timedelta(days=65) if place < leavers(number) else None
            lines.append({"account_id": name, "mrr": 10.0, "start_date": first, "end_date": left_on})
            accounts.append({"account_id": name, "segment": segment or None})
    return {"subscriptions": lines, "accounts": accounts}


def test_month_three_is_getting_better() -> None:
    with closing(company(**started(lambda number: 24 - 2 * number))) as warehouse:
        answer = ask(warehouse, cohort_trend, YEAR_LATER)
    assert answer.headline.startswith(
        "Month-3 retention is getting better: **+60 points** a year from Jan 2024 to Dec 2024"
    )
    assert answer.chart("cohort_trend").title.startswith("Month-3 retention is getting better: +60 points a year")
    assert answer.figure("slope").value == pytest.approx(12 * 2 / 40)
    assert [row["active"] for row in answer.rows.to_pylist()] == [40 - 24 + 2 * number for number in range(12)]
    first = answer.rows.to_pylist()[0]
    assert (first["low"], first["high"]) == wilson(16, 40)


def test_month_three_is_getting_worse() -> None:
    with closing(company(**started(lambda number: 2 * number))) as warehouse:
        answer = ask(warehouse, cohort_trend, YEAR_LATER, age="6", by="quarter")
    assert answer.headline.startswith("Month-6 retention is getting worse")
    assert answer.rows.num_rows == 4


def test_up_and_down_is_no_trend() -> None:
    with closing(company(**started(lambda number: 8 if number % 2 else 10))) as warehouse:
        answer = ask(warehouse, cohort_trend, YEAR_LATER)
    assert "no significant trend from cohort to cohort" in answer.headline
    assert (answer.figure("chance").value or 0) > 0.05


def test_where_nearly_nobody_left_no_trend_is_told() -> None:
    with closing(company(**started(lambda number: int(number == 0)))) as warehouse:
        answer = ask(warehouse, cohort_trend, YEAR_LATER)
    assert "not enough data to test a trend" in answer.headline
    assert answer.figure("slope").value is None


def test_what_is_in_progress_is_left_out_of_the_trend() -> None:
    with closing(company(**started(lambda _: 5))) as warehouse:
        answer = ask(warehouse, cohort_trend, Scope(as_of=day("2024-12-30")))
    assert [row["cohort"] for row in answer.rows.to_pylist()] == MONTHS[:8]


def two_groups() -> dict[str, list[dict[str, Any]]]:
    small, large = started(lambda _: 12, 30, "SMB"), started(lambda _: 3, 25, "Enterprise")
    return {name: small[name] + large[name] for name in small}


def test_one_group_stays_longer_by_more_than_chance() -> None:
    with closing(company(**two_groups())) as warehouse:
        answer = ask(warehouse, cohort_compare, YEAR_LATER)
        by_age = {
            value: ask(warehouse, cohorts, Scope(as_of=day("2025-12-31")).with_filter("segment", [value]))
            for value in ("SMB", "Enterprise")
        }
    rows = {row["age"]: row for row in answer.rows.to_pylist()}
    assert (rows[1]["first_size"], rows[1]["second_size"]) == (360, 300)
    assert not rows[1]["more_than_chance"]
    assert rows[3]["more_than_chance"]
    assert rows[12]["difference"] == pytest.approx(18 / 30 - 22 / 25)
    assert rows[12]["low"] < rows[12]["difference"] < rows[12]["high"] < 0
    assert rows[12]["first_share"] == by_age["SMB"].figure("logos_12").value
    assert rows[12]["second_share"] == by_age["Enterprise"].figure("logos_12").value
    assert answer.headline.startswith("After 12 months **88")
    assert "of Enterprise still pay" in answer.headline
    assert set(answer.chart("cohort_compare").rows["group"].to_pylist()) == {"SMB", "Enterprise"}


def test_groups_that_are_alike_are_said_to_be() -> None:
    first, other = started(lambda _: 5, 30, "one"), started(lambda _: 4, 25, "other")
    with closing(company(**{name: first[name] + other[name] for name in first})) as warehouse:
        answer = ask(warehouse, cohort_compare, YEAR_LATER, first="other", second="one")
    assert "do not differ significantly" in answer.headline
    chart = answer.chart("cohort_compare")
    assert isinstance(chart, LineChart)
    assert chart.order == ("other", "one")


def test_nothing_to_compare() -> None:
    scope = YEAR_LATER.with_filter("segment", ["SMB"])
    with closing(company(**two_groups())) as warehouse:
        alone = ask(warehouse, cohort_compare, scope)
        outside = ask(warehouse, cohort_compare, scope, first="SMB", second="Enterprise")
        with pytest.raises(UnknownOption, match="Could not compare Smb because no account has it"):
            ask(warehouse, cohort_compare, YEAR_LATER, first="Smb")
        with pytest.raises(UnknownOption, match="Could not group by segmnt"):
            ask(warehouse, cohort_compare, YEAR_LATER, field="segmnt")
    with closing(company(subscriptions=two_groups()["subscriptions"])) as plain:
        bare = ask(plain, cohort_compare, YEAR_LATER)
    assert alone.headline == "Nothing to compare: the accounts in scope have only one segment."
    assert outside.headline.startswith("SMB and Enterprise cannot be compared")
    assert (outside.rows.num_rows, outside.charts) == (0, ())
    assert bare.headline.endswith("have no columns to group them by.")
