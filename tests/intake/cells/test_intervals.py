"""How long a price is for, in words."""

from __future__ import annotations

import pytest

from cs_dash.intake.cells import intervals

WORDS = {
    0: "One-Time|one off|Setup fee|Activation|Trial|non-recurring|lifetime|"
       "einmalig|Einrichtung|paiement unique|pago único|"
       "taxa de adesão|разовый платеж|единоразово|внедрение|一次性|安装费",
    1: "Monthly|month|per month|/mo|mtm|month-to-month|1 month|m|monatlich|pro Monat|mensuel|par mois|mensual|cada mes|"
       "mensal|por mês|ежемесячно|в месяц|每月|包月|P1M|30 days|billed monthly|Monthly - auto renew",
    3: "Quarterly|every 3 months|3-month|3M|P3M|pro Quartal|alle 3 Monate|trimestriel|tous les 3 mois|trimestral|"
       "cada 3 meses|a cada 3 meses|квартал|раз в 3 месяца|每季度|3个月|90 days",
    6: "semi-annual|biannual|half-yearly|every 6 months|halbjährlich|semestriel|semestral|полгода|каждые 6 месяцев|"
       "半年",
    12: "Annual|yearly|1-Year|one year|12 months|12M|1 yr|per annum|p.a.|P1Y|jährlich|pro Jahr|annuel|par an|anual|"
        "por año|ежегодно|раз в год|每年|年付|365 days|Annual (12 months)|12-month term",
    24: "2-Year|two years|24 months|biennial|zweijährlich|2 Jahre|2 ans|2 años|2 anos|2 года|两年",
    36: "3-Year|36 months|3 yr|three years|3 Jahre|三年",
}  # fmt: skip


@pytest.mark.parametrize(
    ("months", "word"), [(months, word) for months, words in WORDS.items() for word in words.split("|")]
)
def test_intervals(months: int, word: str) -> None:
    assert intervals.months(word) == months


@pytest.mark.parametrize(("word", "weeks"), [("weekly", 1), ("biweekly", 2), ("every 4 weeks", 4), ("wöchentlich", 1)])
def test_weeks_are_52_to_a_year(word: str, weeks: int) -> None:
    assert intervals.months(word) == pytest.approx(weeks * 12 / 52)


@pytest.mark.parametrize(("word", "months"), [("12 months, billed monthly", 1), ("Annual, paid quarterly", 3)])
def test_what_is_billed_counts(word: str, months: int) -> None:
    assert intervals.months(word) == months


@pytest.mark.parametrize("word", ["on demand", "Net", "Pro", "12", "USD", "Monthly or annual", "Mar 2026", "Acme"])
def test_what_is_no_interval(word: str) -> None:
    assert intervals.months(word) is None


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("MRR", 1), ("Price per month", 1), ("Monatspreis", 1), ("Jahresbetrag", 12), ("月费", 1), ("年费", 12),
        ("Price / user / month", 1), ("Цена за пользователя в месяц", 1), ("Pro annual licence 2026", 12),
        ("1 × Pro (at $100.00 / month)", 1), ("Amount (yearly)", 12), ("Plan Amount", None), ("Fee", None),
        ("Total", None), ("Pro 2026", None), ("Betrag", None), ("Annualized", None),
    ],
)  # fmt: skip
def test_periods_in_names(text: str, months: int | None) -> None:
    assert intervals.named(text) == months


def test_the_rest_of_a_name() -> None:
    assert intervals.without("Price per user and month") == "price"
    assert intervals.is_per_seat("Price per user and month")
    assert not intervals.is_per_seat("Price per month")
    assert intervals.unit("Term (years)") == 12
    assert intervals.unit("Term") is None
