"""Exchange rates in another currency than the reporting one are crossed, in the reader as in the definitions."""

from __future__ import annotations

import datetime as dt
from contextlib import closing

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cs_dash.decisions import decided
from cs_dash.intake.rows.rates import Quote, crossed, latest, quoted_in
from tests.companies import ReusedReader, version

FIRST = dt.date(2026, 1, 1)
CODES = ("EUR", "USD", "GBP", "CHF")
QUOTES = st.dictionaries(
    st.tuples(st.sampled_from(CODES), st.integers(0, 9)),
    st.tuples(st.integers(1, 40), st.sampled_from((*CODES, None))),
    max_size=25,
)


def test_what_is_quoted_in_euros_becomes_dollars() -> None:
    quotes: list[Quote] = [
        ("USD", dt.date(2026, 1, 1), 0.8, "EUR"), ("USD", dt.date(2026, 3, 1), 0.5, "EUR"),
        ("GBP", dt.date(2026, 2, 1), 1.2, "EUR"),
    ]  # fmt: skip
    assert crossed(quotes, "USD") == {
        "EUR": ((dt.date(2026, 1, 1), 1.25), (dt.date(2026, 3, 1), 2.0)),
        "GBP": ((dt.date(2026, 2, 1), pytest.approx(1.5)), (dt.date(2026, 3, 1), pytest.approx(2.4))),
    }
    assert crossed(quotes, "EUR") == {
        "USD": ((dt.date(2026, 1, 1), 0.8), (dt.date(2026, 3, 1), 0.5)), "GBP": ((dt.date(2026, 2, 1), 1.2),),
    }  # fmt: skip
    assert crossed(quotes, "JPY") == {}, "no rate leads there"


@settings(max_examples=30)
@given(QUOTES, st.sampled_from(CODES))
@example(
    {
        ("EUR", 0): (1, "USD"),
        ("GBP", 0): (2, "EUR"),
        ("GBP", 1): (1, "USD"),
        ("CHF", 0): (1, "USD"),
        ("CHF", 1): (1, "EUR"),
    },
    "CHF",
)  # pounds through dollars and through euros on one day
def test_reader_and_definition_agree(
    rates_drawn: dict[tuple[str, int], tuple[int, str | None]], reporting: str
) -> None:
    quotes: list[Quote] = [
        (code, FIRST + dt.timedelta(days=day), amount / 10, base) for (code, day), (amount, base) in rates_drawn.items()
    ]
    names = ("currency", "rate_on", "rate", "quoted_in")
    rows = [dict(zip(names, quote, strict=True)) for quote in quotes]
    with (
        closing(ReusedReader(version(fx_rates=rows), decided({"currency": reporting}))) as opened,
    ):
        rows_in_sql = opened("reporting_rates").to_pylist()
    expected = crossed(quotes, reporting)
    assert [(row["currency"], row["rate_on"]) for row in rows_in_sql] == [
        (code, on) for code in sorted(expected) for on, _ in expected[code]
    ]
    for row in rows_in_sql:
        assert row["rate"] == pytest.approx(latest(expected[row["currency"]], row["rate_on"]))


@pytest.mark.parametrize(
    ("rates", "candidates", "base"),
    [
        ({"USD": [0.9], "GBP": [1.1]}, ("EUR",), "EUR"),
        ({"USD": [0.9, 0.8], "EUR": [1.0, 1.0]}, ("EUR", "USD"), "EUR"),
        ({"EUR": [1.1], "GBP": [1.3]}, ("EUR", "USD"), "USD"),
        ({"EUR": [1.1], "GBP": [1.3], "USD": [1.0]}, ("EUR", "GBP"), "USD"),
        ({"EUR": [1.1], "GBP": [1.3]}, ("EUR", None), None),
        ({"GBP": [1.3]}, (None, None), None),
    ],
)
def test_a_sheet_tells_what_it_is_quoted_in(
    rates: dict[str, list[float]], candidates: tuple[str | None, ...], base: str | None
) -> None:
    assert quoted_in(rates, candidates) == base
