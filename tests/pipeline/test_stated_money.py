"""States, terms, notices and amounts below zero that a sheet states are in the figures, or asked, or said not to be."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

STATES = {
    "English": ("Active", "Churned", "Cancelled", "Inactive", "Prospect", "Draft", "Paused", "unpaid"),
    "German": ("Aktiv", "Abgewandert", "Gekündigt", "Abgelaufen", "Interessent", "Entwurf", "Pausiert", "Unbezahlt"),
    "French": ("Actif", "Perdu", "Résilié", "Expiré", "Prospect", "Brouillon", "En pause", "Impayé"),
    "Spanish": ("Activo", "Perdido", "Cancelado", "Inactivo", "Prospecto", "Borrador", "Pausado", "Impagado"),
    "Portuguese": ("Ativo", "Perdido", "Cancelado", "Inativo", "Prospecto", "Rascunho", "Pausado", "Não pago"),
    "Russian": ("Активен", "Ушёл", "Отменена", "Истекла", "Лид", "Черновик", "На паузе", "Не оплачен"),
    "Chinese": ("活跃", "已流失", "已取消", "已过期", "潜在客户", "草稿", "已暂停", "未付款"),
    "Stripe": ("past_due", "canceled", "canceled", "canceled", "incomplete", "incomplete_expired", "paused", "unpaid"),
    "Chargebee": ("active", "cancelled", "cancelled", "cancelled", "in_trial", "in_trial", "paused", "paused"),
}


@pytest.mark.parametrize("language", STATES)
@pytest.mark.parametrize("header", ["Status", "Fase", "Wie steht es?"])
def test_states_count_in_contract_lists_whatever_their_column_is_called(
    company: Any, language: str, header: str
) -> None:
    """One pays 130; three left, two never paid, two pay nothing for now."""
    rows = [f"Kunde {at},{state},2025-0{1 + at % 3}-10,{130 + at},Pro" for at, state in enumerate(STATES[language])]
    loaded = company("Customer,Status,Start Date,MRR,Plan\n".replace("Status", header) + "\n".join(rows) + "\n")
    assert list(loaded.mrr("2026-11-30").values()) == [130]
    assert loaded.figure("retention.bridge", "mrr_end") == 130
    lines = loaded.rows("from subscriptions order by _row")
    assert [line["gone_by"] is not None for line in lines] == [False] + [True] * 3 + [False] * 2 + [True] * 2
    assert [line["end_date"] for line in lines] == [None] * 8
    assert [line["mrr"] for line in lines][4:6] == [0, 0]
    # Never paid is no churn: five accounts are left in the cohorts, three of them gone, two paused.
    assert loaded.figure("retention.survival", "left") == 3
    assert sum(row["at_risk"] for row in loaded.ask("retention.survival").rows.to_pylist() if row["time"] == 0) == 6
    assert "no column gives the end date" in loaded.notes


def test_who_left_does_so_on_the_day_that_any_column_holds(company: Any) -> None:
    text = (
        "Customer,Zustand,MRR,Start Date,Zuletzt gesehen\n"
        "Ulm,aktiv,50,2025-01-01,\nHof,inaktiv,70,2025-01-01,2025-09-30\nGera,inaktiv,90,2025-02-01,2025-10-15\n"
    )
    loaded = company(text)
    assert sum(loaded.mrr("2025-09-29").values()) == 210
    assert sum(loaded.mrr("2025-09-30").values()) == 140
    assert sum(loaded.mrr("2025-10-15").values()) == 50
    assert "Zuletzt gesehen was read as the churn date" in loaded.notes


def test_a_flag_in_a_contract_list_says_who_pays(company: Any) -> None:
    text = "Cliente,ativo,MRR,Start Date\nLua,sim,40,2025-01-01\nSol,não,60,2025-03-01\n"
    assert company(text).figure("retention.bridge", "mrr_end") == 40
    text = "Customer,Churned,MRR,Start Date,Contract ID\nMoon,no,40,2025-01-01,1\nSun,yes,60,2025-03-01,2\n"
    assert company(text).figure("retention.bridge", "mrr_end") == 40


def test_states_of_payments_and_places_are_no_states_of_customers(company: Any) -> None:
    text = (
        "Customer,Payment status,State,MRR,Start Date\n"
        "Moon,unpaid,NY,40,2025-01-01\nSun,paid,CA,60,2025-03-01\nMars,paid,OK,7,2025-03-01\n"
    )
    assert sum(company(text).mrr("2026-01-01").values()) == 107


def test_a_cancellation_while_active_is_a_notice(company: Any) -> None:
    """Two gave notice: 200 leaves with its period, 90 with the term that runs; one cancelled and is gone."""
    text = (
        "Subscription,Customer,Status,Amount,Interval,Start,Current period end,Canceled at,Cancel at period end\n"
        "a,Lys,active,2400,year,2026-01-20,2027-01-20,2026-05-02,true\n"
        "b,Iris,active,90,month,2026-02-10,,,true\n"
        "c,Rosa,canceled,80,month,2026-02-10,,2026-06-10,true\n"
        "d,Viola,active,70,month,2026-02-10,2026-12-10,,false\n"
    )
    loaded = company(text)
    assert loaded.mrr("2026-06-09") == {"lys": 200, "iris": 90, "rosa": 80, "viola": 70}
    assert loaded.mrr("2026-06-10") == {"lys": 200, "iris": 90, "viola": 70}
    answer = loaded.ask("retention.renewals", "2026-06-10")
    notices = [row for row in answer.rows.to_pylist() if row["leaving"]]
    # Iris: the month that runs on 10 June, the newest day of the sheet, ends on 10 July.
    assert [(row["account"], row["due_on"], row["leaving"]) for row in notices] == [
        ("Iris", dt.date(2026, 7, 10), 90), ("Lys", dt.date(2027, 1, 20), 200),
    ]  # fmt: skip
    assert "under notice without an end date" in loaded.notes
    assert "Cancel at period end says that 2 lines are under notice." in loaded.notes


@pytest.mark.parametrize(
    "state", ["non_renewing", "pending-cancel", "In Kündigung", "取消中", "Cancellation requested"]
)
def test_a_state_of_leaving_pays_until_the_end_of_the_period(company: Any, state: str) -> None:
    text = (
        "Customer,Status,MRR,Start,Renewal date\n"
        f"Lys,{state},45,2026-03-01,2027-03-01\nIris,active,30,2026-03-01,2027-03-01\n"
    )
    loaded = company(text)
    assert sum(loaded.mrr("2026-12-01").values()) == 75
    assert sum(loaded.mrr("2027-03-01").values()) == 30
    assert loaded.figure("retention.renewals", "mrr_notice", "2026-12-01") == 45


def test_a_cancel_date_alone_is_the_end(company: Any) -> None:
    text = "Contract ID,Customer,MRR,Start,Cancelled at\n1,Lys,45,2026-03-01,2026-05-01\n2,Iris,30,2026-03-01,\n"
    loaded = company(text)
    assert sum(loaded.mrr("2026-05-01").values()) == 30


def test_the_newest_edition_does_not_move_a_day_that_was_never_given(company: Any, tmp_path: Path) -> None:
    first = "Contract ID,Customer,Status,MRR,Start\n1,Lys,Churned,45,2026-03-01\n2,Iris,Active,30,2026-04-01\n"
    loaded = company(first)
    later = first + "3,Rosa,Active,30,2026-09-01\n"
    loaded.load("contracts.csv", later)
    assert loaded.rows("select gone_by from subscriptions where gone_by is not null") == [
        {"gone_by": dt.date(2026, 4, 1)}
    ]


TERMS = {
    "Monthly": 120, "Annual": 10, "1-Year": 10, "2-Year": 5, "36 months": 120 / 36, "every 3 months": 40, "weekly": 520,
    "biweekly": 260, "Quarterly": 40, "semi-annual": 20, "biannual": 20, "vierteljährlich": 40, "tous les 6 mois": 20,
    "cada 3 meses": 40, "mensal": 120, "раз в полгода": 20, "每年": 10, "3个月": 40, "P1Y": 10, "One-Time": 0,
    "Setup": 0, "Activation": 0, "Trial": 0, "einmalig": 0, "pago único": 0, "разовый": 0, "一次性": 0,
}  # fmt: skip


@pytest.mark.parametrize("header", ["Plan Amount", "Price", "Amount", "Fee"])
def test_the_interval_of_the_row_says_what_an_amount_is_for(company: Any, header: str) -> None:
    rows = [f"c{at},120,{term},2026-01-01" for at, term in enumerate(TERMS)]
    loaded = company(f"Customer,{header},Turnus,Start Date\n" + "\n".join(rows) + "\n")
    assert loaded.mrr("2026-01-01") == {
        f"c{at}": pytest.approx(mrr, abs=0.01) for at, mrr in enumerate(TERMS.values()) if mrr
    }
    assert not loaded.questions


@pytest.mark.parametrize(
    ("head", "row", "mrr"),
    [
        ("Plan Amount,Billing Period,Billing Period Unit", "360,1,year", 30),
        ("Amount,Interval,Interval Count", "360,month,3", 120),
        ("Price,billing_interval,billing_period", "360,6,month", 60),
        ("Price,Billing every,Unit", "52,1,week", 225.33),
        ("Fee,Term,Term Unit", "360,3,year", 10),
        ("Price,Term (years)", "360,2", 15),
        ("Price,Contract Length", "360,36 months", 10),
        ("Annual price,Billing", "360,monthly", 30),
        ("Price per month,Billing", "30,annual", 30),
        ("Jahrespreis,Plan", "360,Pro", 30),
        ("Preis pro Monat,Plan", "30,Pro", 30),
        ("Price,Plan", "360,Pro (annual)", 30),
        ("Price,Description", "360,Licence for a quarter, quarterly".replace(", ", " "), 120),
        ("Price,Plan", "$360 / year,Pro", 30),
        ("Total contract value,End Date", "7200,2027-12-31", 300),
        ("Total contract value,End Date,Contract term", "720,2026-05-31,24 months", 30),
        ("Price per user and month,Seats", "12,5", 60),
        ("Цена в год,Тариф", "360,Про", 30),
        ("MRR,Billing", "30,annual", 30),
        ("Monthly fee,Billing", "30,annual", 30),
        ("Monatlicher Umsatz,Tarif", "30,Pro", 30),
        ("Chiffre d'affaires mensuel,Offre", "30,Pro", 30),
        ("Vertragswert,Vertragslaufzeit", "720,zweijährlich", 30),
        ("Montant,Engagement", "720,2 ans", 30),
        ("Amount,Months", "720,24", 30),
    ],
)
def test_the_period_of_an_amount(company: Any, head: str, row: str, mrr: float) -> None:
    loaded = company(f"Customer,Start Date,{head}\nLys,2026-01-01,{row}\nIris,2026-01-01,{row}\n")
    assert loaded.mrr("2026-01-05") == {"iris": mrr, "lys": mrr}
    assert not loaded.questions


def test_months_that_are_no_usual_terms_are_not_what_an_amount_is_for(company: Any) -> None:
    loaded = company("Customer,Amount,Months,Start Date\nLys,1200,7,2026-01-01\nIris,2400,24,2026-01-01\n")
    assert [question.option for question in loaded.questions] == ["period:Amount"]
    assert loaded.mrr("2026-01-05") == {}


@pytest.mark.parametrize("name", ["Monatlicher Umsatz", "Revenus mensuels", "Facturación mensual", "Monthly revenues"])
def test_revenue_a_month_in_a_list_of_customers(company: Any, name: str) -> None:
    loaded = company(f"Customer,Segment,Customer since,{name},Status\nLys,SMB,2025-01-01,40,Active\n", "customers.csv")
    assert loaded.figure("retention.bridge", "mrr_end") == 40


def test_an_amount_whose_period_nothing_tells_is_asked(company: Any) -> None:
    text = "Contract ID,Customer,Amount,Start Date\n1,Lys,1200,2026-01-01\n2,Iris,2400,2026-01-01\n"
    loaded = company(text)
    (question,) = loaded.questions
    assert question.option == "period:Amount"
    assert [value for value, _ in question.answers] == ["month", "quarter", "half-year", "year"]
    assert not question.assumed
    assert loaded.mrr("2026-01-05") == {}
    assert [(p.row, p.value) for p in loaded.report.files[0].problems] == [(2, "1200"), (3, "2400")]
    answered = company(text, **{"period:Amount": "year"})
    assert answered.mrr("2026-01-05") == {"iris": 200, "lys": 100}
    assert not answered.questions


def test_a_term_and_an_interval_that_disagree_are_asked(company: Any) -> None:
    text = "Customer,Amount,Term,Billing,Start Date\nLys,1200,12,monthly,2026-01-01\n"
    loaded = company(text)
    assert loaded.mrr("2026-01-05") == {"lys": 100}
    assert [question.answers[0][0] for question in loaded.questions] == ["term"]
    assert company(text, period="billing").mrr("2026-01-05") == {"lys": 1200}


def test_states_and_prices_of_a_list_of_customers(company: Any) -> None:
    text = (
        "Customer,Segment,Price,Billing,Situation\nLys,SMB,360,yearly,Active\nIris,SMB,50,monthly,Lost\n"
        "Rosa,SMB,90,quarterly,Lead\nViola,Ent,60,monthly,On hold\n"
    )
    loaded = company(text, "customers.csv")
    assert loaded.figure("retention.bridge", "mrr_end") == 30


def test_amounts_below_zero_lower_what_the_account_pays(company: Any) -> None:
    """Lys 500 - 50; Iris 1,200 - 200 while it runs; Rosa has nothing that could be lowered."""
    text = (
        "Customer,Line,MRR,Start Date,End Date\nLys,Base,500,2025-01-01,\nLys,Discount,(50),2025-02-01,\n"
        "Iris,Base,1.2k,2025-01-01,2026-01-01\nIris,Credit,200-,2025-03-01,\nRosa,Refund,-30,2025-03-01,\n"
    )
    loaded = company(text)
    assert loaded.mrr("2025-01-15") == {"iris": 1200, "lys": 500}
    assert loaded.mrr("2025-06-01") == {"iris": 1000, "lys": 450}
    assert loaded.mrr("2026-06-01") == {"lys": 450}
    months = loaded.ask("retention.bridge", "2026-06-30").rows.to_pylist()
    assert all(abs(row["residual"]) < 1e-6 for row in months)
    (problem,) = loaded.report.files[0].problems
    assert (problem.row, problem.value, problem.fatal) == (6, "-30", True)


def test_one_absurd_amount_is_a_problem_and_no_news(company: Any) -> None:
    rows = [f"c{at},{40 + at},2026-01-01" for at in range(12)]
    loaded = company("Customer,MRR,Start Date\n" + "\n".join(rows) + "\nslip,99999999,2026-02-01\n")
    assert sum(loaded.mrr("2026-03-01").values()) == sum(40 + at for at in range(12))
    (problem,) = loaded.report.files[0].problems
    assert (problem.row, problem.value, problem.fatal) == (14, "99999999", False)
    customers = company("Customer,Segment,MRR\nLys,SMB,100\nIris,SMB,-40\n", "customers.csv")
    assert customers.figure("retention.bridge", "mrr_end") == 100
    assert (3, "-40") in [(p.row, p.value) for sheet in customers.report.files for p in sheet.problems]
