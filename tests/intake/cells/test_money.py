from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_dash.intake.cells import money
from cs_dash.intake.cells.money import Decimal


@pytest.mark.parametrize(
    ("text", "sign", "expected"),
    [
        ("1234.5", "point", 1234.5),
        ("$1,234.50", "point", 1234.5),
        ("1.234,50 €", "comma", 1234.5),
        ("(1,234)", "point", -1234),
        ("-12", "point", -12),
        ("12-", "point", -12),
        ("\u2212 3", "point", -3),
        ("45 %", "point", 0.45),
        ("1 234 567,8", "comma", 1234567.8),
        ("1'234.50 CHF", "point", 1234.5),
        ("1,00,000", "point", 100000),
        ("１２３", "point", 123),
        ("1e3", "point", 1000),
        ("US$ 5", "point", 5),
    ],
)
def test_numbers(text: str, sign: Decimal, expected: float) -> None:
    assert money.number(text, sign) == pytest.approx(expected)


@pytest.mark.parametrize("text", ["1.2k", "abc", "", "1,2,3", "12 months", "1.2.3", "--", "$"])
def test_what_is_no_number(text: str) -> None:
    assert money.number(text) is None


@pytest.mark.parametrize(
    ("text", "sign", "expected"),
    [
        ("€1.2k", "point", 1200), ("1.2K", "point", 1200), ("12,5 тыс.", "comma", 12_500), ("1.2万", "point", 12_000),
        ("12,5 тыс. руб.", "comma", 12_500), ("1.2万元", "point", 12_000), ("1,2 Mio. €", "comma", 1_200_000),
        ("1.2 Mio", "point", 1_200_000), ("3,5 Tsd.", "comma", 3_500), ("2 mil", "point", 2_000), ("$3m", "point", 3e6),
        ("1.5m", "point", 1.5e6), ("1,1 млн", "comma", 1.1e6), ("(2k)", "point", -2_000), ("2k-", "point", -2_000),
        ("R$ 1,5 mil", "comma", 1_500), ("120 T€", "point", 120_000), ("1.2亿", "point", 1.2e8),
    ],
)  # fmt: skip
def test_shortened_numbers(text: str, sign: Decimal, expected: float) -> None:
    assert money.number(text, sign) is None
    assert money.shortened(text, sign) == pytest.approx(expected)


@pytest.mark.parametrize("text", ["1200", "12m", "3 M", "5 kg", "Q1", "k", "2 x", "1.2.3k"])
def test_what_is_no_shortened_number(text: str) -> None:
    assert money.shortened(text) is None


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["1.234,50"], "comma"),
        (["1,234.50"], "point"),
        (["1,5", "2"], "comma"),
        (["1,234"], "point"),
        (["1.234"], "point"),
        (["1.234.567"], "comma"),
        (["0,125"], "comma"),
        ([], "point"),
    ],
)
def test_the_decimal_sign_of_a_column(values: list[str], expected: str) -> None:
    assert money.decimal(values) == expected


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False),
    st.sampled_from(
        [(",", ".", "point"), (".", ",", "comma"), (" ", ",", "comma"), ("'", ".", "point"), ("", ".", "point")]
    ),
    st.sampled_from(["", "$", "€", "£ ", "EUR "]),
)
def test_an_amount_survives_its_separators(amount: float, style: tuple[str, str, Decimal], symbol: str) -> None:
    thousands, point, sign = style
    written = f"{abs(amount):,.2f}".replace(",", "T").replace(".", point).replace("T", thousands)
    text = ("-" if amount < 0 else "") + symbol + written
    assert money.number(text, sign) == pytest.approx(float(amount))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2:30", 150),
        ("00:45:30", 45.5),
        ("1d 02:00", 1560),
        ("1899-12-31 09:30:00", 570),
        ("1900-01-01 06:00:00", 1800),
        ("1900-02-29 08:00:00", None),
        ("x", None),
    ],
)
def test_durations(text: str, expected: float | None) -> None:
    assert money.clock_minutes(text) == expected


@pytest.mark.parametrize(("text", "expected"), [("€5", "EUR"), ("5 usd", "USD"), ("MRR (GBP)", "GBP"), ("5", None)])
def test_currency(text: str, expected: str | None) -> None:
    assert money.currency(text) == expected


def test_the_yen_of_japanese_files_is_a_backslash() -> None:
    text = "¥1,234".encode("shift_jis").decode("shift_jis")
    assert text == "\\1,234"
    assert money.number(text) == 1234.0
    assert money.currency(text) == "JPY"
    assert money.currency("a\\b") is None
    assert money.number("\\N") is None
