"""Exact strings: what a reader sees of every kind of number, in seven languages."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_dash.answer import Figure
from cs_dash.look import words

T = "\u202f"
DAY = dt.date(2026, 9, 30)


@pytest.mark.parametrize(
    ("value", "n", "text"),
    [
        (0.924, None, f"92.4{T}%"),
        (0.38, None, f"38{T}%"),
        (0.9001, None, f"90.0{T}%"),
        (0.813, 74, f"81{T}%"),
        (0.813, 740, f"81.3{T}%"),
        (2.922709, None, f"292.3{T}%"),
        (12.3456, None, f"1,235{T}%"),
        (0.0, None, f"0{T}%"),
        (1.0, None, f"100{T}%"),
        (0.9999, None, f">{T}99.9{T}%"),
        (0.9959, None, f"99.6{T}%"),
        (0.997, 50, f">{T}99{T}%"),
        (0.0002, None, f"<{T}0.1{T}%"),
        (-0.052, None, f"−5.2{T}%"),
        (None, None, "n/a"),
        (float("nan"), None, "n/a"),
        (float("inf"), None, "n/a"),
    ],
)
def test_share(value: float | None, n: int | None, text: str) -> None:
    assert words.share(value, n) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (-0.011, "−1.1 points"),
        (0.924 - 0.935, "−1.1 points"),
        (0.02, "+2 points"),
        (0.01, "+1 point"),
        (-0.01, "−1 point"),
        (0.0, "0 points"),
        (0.0001, "0.0 points"),
        (None, "n/a"),
    ],
)
def test_points(value: float | None, text: str) -> None:
    assert words.points(value) == text


@pytest.mark.parametrize(
    ("value", "currency", "short", "full"),
    [
        (412345, "EUR", "€412k", "€412,345"),
        (412345, "", "412k", "412,345"),
        (8200, "EUR", "€8,200", "€8,200"),
        (9999.4, "USD", "$9,999", "$9,999"),
        (10_000, "USD", "$10k", "$10,000"),
        (999_400, "GBP", "£999k", "£999,400"),
        (999_600, "GBP", "£1M", "£999,600"),
        (1_234_567, "EUR", "€1.23M", "€1,234,567"),
        (10_159_608, "USD", "$10.2M", "$10,159,608"),
        (123_456_789, "USD", "$123M", "$123,456,789"),
        (1_500_000_000, "EUR", "€1.50bn", "€1,500,000,000"),
        (38.5, "EUR", "€38.50", "€38.50"),
        (38, "EUR", "€38", "€38"),
        (0, "EUR", "€0", "€0"),
        (-0.001, "EUR", "€0.00", "€0.00"),
        (-12_400, "EUR", "−€12k", "−€12,400"),
        (-8200, "CHF", f"−CHF{T}8,200", f"−CHF{T}8,200"),
        (5, "xyz", f"XYZ{T}5", f"XYZ{T}5"),
        (None, "EUR", "n/a", "n/a"),
    ],
)
def test_money(value: float | None, currency: str, short: str, full: str) -> None:
    assert words.money(value, currency) == short
    assert words.money(value, currency, full=True) == full


@pytest.mark.parametrize(
    ("locale", "percent", "short", "full", "day", "month"),
    [
        ("en", f"92.4{T}%", "€412k", "€412,345", "30 Sep 2026", "Sep 2026"),
        ("de", f"92,4{T}%", f"412.345{T}€", f"412.345{T}€", "30. Sept. 2026", "Sept. 2026"),
        ("fr", f"92,4{T}%", f"412{T}k{T}€", f"412{T}345{T}€", "30 sept. 2026", "sept. 2026"),
        ("es", f"92,4{T}%", f"412{T}mil{T}€", f"412.345{T}€", "30 sept 2026", "sept 2026"),
        ("ru", f"92,4{T}%", f"412{T}тыс.{T}€", f"412\u00a0345{T}€", f"30 сент. 2026{T}г.", f"сент. 2026{T}г."),
        ("zh", f"92.4{T}%", "€41.2万", "€412,345", "2026年9月30日", "2026年9月"),
        ("pt", f"92,4{T}%", f"€{T}412{T}mil", f"€{T}412.345", "30 de set. de 2026", "set. de 2026"),
        ("pt-BR", f"92,4{T}%", f"€{T}412{T}mil", f"€{T}412.345", "30 de set. de 2026", "set. de 2026"),
        ("de_AT", f"92,4{T}%", f"€{T}412.345", f"€{T}412.345", "30. Sep. 2026", "Sep. 2026"),
        ("nobody-speaks-this", f"92.4{T}%", "€412k", "€412,345", "30 Sep 2026", "Sep 2026"),
        ("", f"92.4{T}%", "€412k", "€412,345", "30 Sep 2026", "Sep 2026"),
    ],
)
def test_languages(locale: str, percent: str, short: str, full: str, day: str, month: str) -> None:
    assert words.share(0.924, locale=locale) == percent
    assert words.money(412345, "EUR", locale=locale) == short
    assert words.money(412345, "EUR", full=True, locale=locale) == full
    assert words.date(DAY, locale) == day
    assert words.month(DAY, locale) == month


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (190, f"3{T}h 10{T}min"),
        (25.4, f"25{T}min"),
        (120, f"2{T}h"),
        (0, f"0{T}min"),
        (0.2, f"<{T}1{T}min"),
        (59.7, f"1{T}h"),
        (-90, f"−1{T}h 30{T}min"),
        (2 * 1440, "2 days"),
        (3 * 1440 + 100, "3.1 days"),
        (None, "n/a"),
    ],
)
def test_minutes(value: float | None, text: str) -> None:
    assert words.minutes(value) == text


def test_counts_lengths_and_numbers() -> None:
    assert words.count(12345) == "12,345"
    assert words.count(None) == "n/a"
    assert words.compact(412345) == "412k"
    assert words.compact(412) == "412"
    assert words.number(3.14159) == "3.14"
    assert words.number(31.4159) == "31.4"
    assert words.number(314.159) == "314"
    assert words.number(4.0) == "4"
    assert words.number(0.5, digits=3, locale="de") == "0,500"
    assert words.days(1) == "1 day"
    assert words.days(41) == "41 days"
    assert words.months(3.5) == "3.5 months"
    assert words.months(None) == "n/a"
    assert words.date(None) == words.month(None) == "n/a"


@pytest.mark.parametrize(
    ("n", "singular", "text"),
    [
        (1, "account", "1 account"),
        (0, "account", "0 accounts"),
        (1234, "ticket", "1,234 tickets"),
        (2, "reply", "2 replies"),
        (2, "survey", "2 surveys"),
        (3, "batch", "3 batches"),
        (None, "account", "n/a"),
    ],
)
def test_plural(n: int | None, singular: str, text: str) -> None:
    assert words.plural(n, singular) == text


def test_an_irregular_plural_is_given() -> None:
    assert words.plural(2, "person", "people") == "2 people"


def test_interval() -> None:
    assert words.interval(0.35, 0.41) == f"35–41{T}%"
    assert words.interval(0.371, 0.379) == f"37.1–37.9{T}%"
    assert words.interval(0.5, 0.5) == f"50.0{T}%"
    assert words.interval(1200, 3400, "money", "EUR") == "€1,200–€3,400"
    assert words.interval(-4, 3, "number") == "−4 to 3"
    assert words.interval(2, 5, "days") == "2 days to 5 days"
    assert words.interval(None, 0.4) == "n/a"


def test_change() -> None:
    assert words.change(0.924, 0.935, "share") == "−1.1 points"
    assert words.change(23, 19, "count") == "+4"
    assert words.change(38, 41, "score") == "−3"
    assert words.change(100_000, 88_000, "money", "EUR") == "+€12k"
    assert words.change(88_000, 100_000, "money", "EUR") == "−€12k"
    assert words.change(190, 200, "minutes") == f"−10{T}min"
    assert words.change(5, 5, "money", "EUR") == "€0"
    assert words.change(3.0, 1.75) == "+1.25"
    assert words.change(None, 1.0) == words.change(1.0, None) == "n/a"


def test_figures() -> None:
    few = Figure("logo", "Logo retention", 0.8133, "share", n=74, previous=0.84)
    assert words.figure_value(few) == f"81{T}%"
    assert words.figure_change(few) == "−2.7 points"
    assert words.figure_value(Figure("mrr", "MRR", 412_345, "money"), "EUR") == "€412k"
    assert words.figure_value(Figure("mrr", "MRR", None, "money"), "EUR") == "n/a"
    assert words.figure_change(Figure("mrr", "MRR", 1.0, "money"), "EUR") == "n/a"


def test_cells() -> None:
    assert words.cell(412_345, "money", "EUR") == "€412,345"
    assert words.cell(None, "money", "EUR") == "n/a"
    assert words.cell(float("nan"), "share") == "n/a"
    assert words.cell(DAY, "date") == "30 Sep 2026"
    assert words.cell(DAY, "month") == "Sep 2026"
    assert words.cell("2026Q3", "text") == "2026Q3"
    assert words.cell(True, "flag") == "yes"
    assert words.cell(0, "flag") == "no"
    assert words.cell([31, None, 12], "trend") == "31 → 12"
    assert words.cell(["export", "import"], "text") == "export, import"
    assert words.cell([], "trend") == "n/a"
    assert words.cell(72.6, "score") == "73"
    assert words.cell(41.26, "per_100") == "41.3"


def test_column_formats_keep_numbers_numbers() -> None:
    assert words.column_format("money", "EUR") == {"format": "€%,d", "step": 1}
    assert words.column_format("money", "CHF")["format"] == f"CHF{T}%,d"
    # the sign of a negative amount stands before the currency's, or the currency behind the amount
    assert words.column_format("money", "EUR", negative=True) == {"format": "euro", "step": 1}
    assert words.column_format("money", "CHF", negative=True)["format"] == f"%,d{T}CHF"
    assert words.column_format("money")["format"] == "%,d"
    assert words.column_format("share") == {"format": "percent", "step": 0.001}
    assert words.column_format("text") == {}


@given(
    st.one_of(st.floats(-1e15, 1e15), st.just(float("nan")), st.just(float("inf"))),
    st.sampled_from(["en", "de", "ru", "zh", "ar", "hi"]),
)
def test_no_number_is_too_odd_to_write_and_no_zero_has_a_sign(value: float, locale: str) -> None:
    for text in (words.share(value, locale=locale), words.money(value, "EUR", locale=locale), words.number(value)):
        assert text
        assert "nan" not in text
        assert "inf" not in text
        if text.startswith(("−", "+")):
            assert any(digit in text for digit in "123456789")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (100.0, f"100{T}pts"),
        (12.4242, f"12.4{T}pts"),
        (2.4242, f"2.42{T}pts"),
        (0.14, f"0.14{T}pts"),
        (0.0581, f"0.058{T}pts"),
        (0.0000012345, f"0.0000012{T}pts"),
        (-0.0581, f"−0.058{T}pts"),
        (0.0, f"0{T}pts"),
        (1234.5, f"1,234{T}pts"),
        (None, "n/a"),
    ],
)
def test_hidden_amounts_are_points_of_an_index(value: float | None, text: str) -> None:
    assert words.money(value, "pts") == text
    assert words.cell(value, "money", "pts") == text
    assert words.column_format("money", "pts")["format"].endswith("pts")
