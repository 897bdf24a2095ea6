"""The bridge at current rates: it ties, and what rates alone moved stands in fx, never in expansion."""

from __future__ import annotations

import datetime as dt
import io
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_dash.metrics import open_warehouse
from cs_dash.pipeline import load
from cs_dash.questions import catalogue
from cs_dash.questions.retention.bridge import bridge
from cs_dash.questions.retention.bridge_accounts import bridge_accounts
from cs_dash.questions.retention.by_dimension import by_dimension
from cs_dash.questions.retention.summary import summary
from cs_dash.questions.retention.why import FIGURES, why
from cs_dash.scope import Scope
from cs_dash.store.workspace import Workspace
from tests.asking import ask
from tests.companies import company, day
from tests.questions.retention.lines import DAYS, FIRST, Line, lines, month_end, rows

GAINS, LOSSES = ("new", "reactivation", "expansion"), ("contraction", "churn")
CODES = {"a": "USD", "b": "USD", "c": "GBP", "d": None, "e": "GBP"}
RATES = st.lists(st.integers(50, 200).map(lambda percent: percent / 100), min_size=17, max_size=17)


def rate_on(rates: list[float], on: dt.date) -> float:
    """Return the rate of the latest month that has begun; that of the first month before it."""
    return rates[max(0, (on.year - FIRST.year) * 12 + on.month - FIRST.month)]


def with_rates(
    contract_lines: list[Line], dollars: list[float], pounds: list[float]
) -> dict[str, list[dict[str, Any]]]:
    """Return a company whose lines were converted once, at the rate of their start."""
    tables, of = rows(contract_lines), {"USD": dollars, "GBP": pounds}
    for row in tables["subscriptions"]:
        code = CODES[row["account_id"]]
        row["currency"] = code or "EUR"
        if code:
            row["fx_rate"] = rate_on(of[code], row["start_date"])
            row["mrr"] *= row["fx_rate"]
    tables["fx_rates"] = [
        {"currency": code, "rate_on": dt.date(2024 + n // 12, n % 12 + 1, 1), "rate": rate}
        for code, rates in of.items()
        for n, rate in enumerate(rates)
    ]
    return tables


@settings(max_examples=15)
@given(lines(), st.integers(0, DAYS), RATES, RATES)
def test_the_bridge_ties_at_current_rates(
    contract_lines: list[Line], passed: int, dollars: list[float], pounds: list[float]
) -> None:
    as_of = FIRST + dt.timedelta(days=passed)
    scope, of = Scope(period="all", as_of=as_of), {"USD": dollars, "GBP": pounds}
    with closing(company(**with_rates(contract_lines, dollars, pounds))) as warehouse:
        months = ask(warehouse, bridge, scope, rates="current").rows.to_pylist()
        constant = ask(warehouse, bridge, scope).rows.to_pylist()
    assert all(row["fx"] == 0 for row in constant)
    assert [row["accounts_end"] for row in months] == [row["accounts_end"] for row in constant]
    before = 0.0
    for row in months:
        first, last = row["month"] - dt.timedelta(days=1), min(month_end(row["month"]), as_of)

        def amount_on(line: Line, on: dt.date) -> float:
            code = CODES[line.account]
            return line.on(on) * (rate_on(of[code], on) if code else 1.0)

        assert row["mrr_start"] == pytest.approx(before, abs=1e-6)
        assert row["mrr_end"] == pytest.approx(sum(amount_on(line, last) for line in contract_lines), abs=1e-4)
        expected = 0.0
        for account in {line.account for line in contract_lines}:
            own = [sum(line.on(on) for line in contract_lines if line.account == account) for on in (first, last)]
            if code := CODES[account]:
                expected += min(own) * (rate_on(of[code], last) - rate_on(of[code], first))
        assert row["fx"] == pytest.approx(expected, abs=1e-4)
        gains, losses = sum(row[name] for name in GAINS), sum(row[name] for name in LOSSES)
        assert row["mrr_start"] + gains - losses + row["fx"] == pytest.approx(row["mrr_end"], abs=1e-4)
        assert row["residual"] == 0
        before = row["mrr_end"]


@settings(max_examples=15)
@given(lines(), st.integers(0, DAYS), RATES, RATES, st.sampled_from(["snapshot", "movements"]))
def test_the_accounts_behind_lead_to_the_figures_and_bars(
    contract_lines: list[Line], passed: int, dollars: list[float], pounds: list[float], convention: str
) -> None:
    scope = Scope(as_of=FIRST + dt.timedelta(days=passed))
    options = {"rates": "current", "convention": convention}
    with closing(company(**with_rates(contract_lines, dollars, pounds))) as warehouse:
        figures = ask(warehouse, summary, scope, window="12", **options)
        behind = {name: ask(warehouse, why, scope, figure=name, window="12", **options) for name in FIGURES}
        bars = ask(warehouse, bridge, scope, rates="current")
        moved = ask(warehouse, bridge_accounts, scope, rates="current").rows.to_pylist()
    for name, answer in behind.items():
        assert answer.figure(name).value == pytest.approx(figures.figure(name).value, abs=1e-6)
    for bar in (row for chart in bars.charts for row in chart.rows.to_pylist() if row["movement"]):
        size = sum(row["line_change"] for row in moved if row["movement"] == bar["movement"])
        assert size == pytest.approx(bar["mrr"], abs=1e-4)


@settings(max_examples=10)
@given(lines(), st.integers(0, DAYS))
def test_rates_that_never_move_change_nothing(contract_lines: list[Line], passed: int) -> None:
    scope = Scope(period="all", as_of=FIRST + dt.timedelta(days=passed))
    with closing(company(**with_rates(contract_lines, [0.5] * 17, [2.0] * 17))) as warehouse:
        current = ask(warehouse, bridge, scope, rates="current").rows.to_pylist()
        constant = ask(warehouse, bridge, scope).rows.to_pylist()
    assert current == constant


def test_a_dearer_dollar_is_no_expansion() -> None:
    line = {"account_id": "a", "mrr": 90.0, "currency": "USD", "fx_rate": 0.9, "start_date": day("2024-01-01")}
    rates = [
        {"currency": "USD", "rate_on": day("2024-01-01"), "rate": 0.9},
        {"currency": "USD", "rate_on": day("2024-02-10"), "rate": 0.95},
    ]
    with closing(company(subscriptions=[line], fx_rates=rates)) as warehouse:
        answer = ask(warehouse, bridge, Scope(period="1m", as_of=day("2024-02-29")), rates="current")
    february = answer.rows.to_pylist()[-1]
    assert (february["expansion"], february["fx"], february["mrr_end"]) == (0, 5, 95)
    steps = {row["step"]: row["mrr"] for row in answer.chart("bridge").rows.to_pylist()}
    assert steps["Exchange rates"] == 5


def test_without_rates_it_is_said() -> None:
    line = {"account_id": "a", "mrr": 90.0, "start_date": day("2024-01-01")}
    with closing(company(subscriptions=[line])) as warehouse:
        answer = ask(warehouse, bridge, Scope(period="all", as_of=day("2024-02-29")), rates="current")
    assert any(note.table == "fx_rates" for note in answer.notes)


def test_from_the_files_to_the_bridge(tmp_path: Path) -> None:
    """The own amount survives the conversion: 100 dollars at 0.9, then at 0.8; 100 euros stay."""
    workspace = Workspace(tmp_path / "workspace")
    contracts = (
        "Subscription ID,Account ID,MRR,Currency,Start Date,End Date\n"
        "S1,A1,100,USD,2024-01-15,\nS2,A2,100,EUR,2024-01-15,\nS3,A3,100,EUR,2024-01-20,\n"
        "S4,A4,40,EUR,2024-01-20,2024-03-20\n"
    )
    rates = "Currency,Date,Rate\nUSD,2024-01-01,0.9\nUSD,2024-03-01,0.8\n"
    load(
        workspace,
        [("fx_rates.csv", io.BytesIO(rates.encode())), ("subscriptions.csv", io.BytesIO(contracts.encode()))],
    )
    version = workspace.current()
    assert version is not None
    with closing(open_warehouse(workspace.file_of(version))) as warehouse:
        scope = Scope(period="all", as_of=day("2024-03-31"))
        answer = catalogue.ask(warehouse, "retention.bridge", scope, {"rates": "current"})
        constant = catalogue.ask(warehouse, "retention.bridge", scope)
    march = answer.rows.to_pylist()[-1]
    assert (march["mrr_start"], march["fx"], march["churn"], march["mrr_end"]) == (330, -10, 40, 280)
    assert constant.rows.to_pylist()[-1]["mrr_end"] == 290
    assert not [note for note in answer.notes if "the rate on the start date" in note.text]


@settings(max_examples=6)
@given(lines(), st.integers(40, DAYS), RATES, RATES, st.sampled_from(["1", "3"]))
def test_retention_at_current_rates_ties_to_the_bridge(
    contract_lines: list[Line], passed: int, dollars: list[float], pounds: list[float], window: str
) -> None:
    """NRR x start = start + expansion - contraction - churn; with fx of those kept it is their MRR at the end."""
    as_of = month_end(FIRST + dt.timedelta(days=passed))
    scope = Scope(period="all", as_of=as_of)
    with closing(company(**with_rates(contract_lines, dollars, pounds))) as warehouse:
        chosen = {"rates": "current", "window": window}
        snapshot = ask(warehouse, summary, scope, **chosen)
        by_movements = ask(warehouse, summary, scope, **chosen, convention="movements")
        months = ask(warehouse, bridge, scope, rates="current").rows.to_pylist()[-int(window) :]
    start, end = snapshot.figure("mrr_start").value, snapshot.figure("mrr_end").value
    if len(months) < int(window) or not start:
        return
    total = {name: sum(row[name] for row in months) for name in (*GAINS, *LOSSES, "fx")}
    assert start == pytest.approx(months[0]["mrr_start"], abs=1e-4)
    assert end == pytest.approx(months[-1]["mrr_end"], abs=1e-4)
    lost = total["contraction"] + total["churn"]
    assert by_movements.figure("nrr").value == pytest.approx((start + total["expansion"] - lost) / start, abs=1e-6)
    assert by_movements.figure("grr").value == pytest.approx((start - lost) / start, abs=1e-6)
    steps = [row["mrr"] for row in snapshot.rows.to_pylist()]
    assert steps[0] == start
    assert sum(steps[:4]) == pytest.approx(steps[4], abs=1e-4)
    assert steps[4] + steps[5] == pytest.approx(steps[6], abs=1e-4)
    assert snapshot.figure("nrr").value == pytest.approx(steps[4] / start, abs=1e-6)
    assert snapshot.figure("fx").value == steps[5]
    if window == "1":
        assert steps[1] == pytest.approx(total["expansion"], abs=1e-4)
        assert -(steps[2] + steps[3]) == pytest.approx(lost, abs=1e-4)
        assert steps[5] == pytest.approx(total["fx"], abs=1e-4)


@settings(max_examples=4)
@given(lines(), st.integers(40, DAYS), RATES, RATES)
def test_retention_at_constant_rates_knows_no_rates(
    contract_lines: list[Line], passed: int, dollars: list[float], pounds: list[float]
) -> None:
    """The same lines without a table of rates: the same figures, today's as before."""
    scope = Scope(period="all", as_of=FIRST + dt.timedelta(days=passed))
    tables = with_rates(contract_lines, dollars, pounds)
    with closing(company(**tables)) as warehouse, closing(company(**tables | {"fx_rates": []})) as without:
        rated, plain = ask(warehouse, summary, scope), ask(without, summary, scope)
        assert rated.figures == plain.figures
        assert rated.chart("retention").rows == plain.chart("retention").rows
        still = with_rates(contract_lines, [0.5] * 17, [2.0] * 17)
    with closing(company(**still)) as warehouse:
        constant, current = (ask(warehouse, summary, scope, rates=rates) for rates in ("constant", "current"))
    for name in ("nrr", "grr", "logo_retention", "mrr_start", "mrr_end", "quick_ratio", "arpa"):
        assert current.figure(name).value == pytest.approx(constant.figure(name).value), name
    assert current.figure("fx").value == 0


def test_a_dearer_dollar_is_no_retention() -> None:
    lines_ = [
        {"account_id": "a", "mrr": 90.0, "currency": "USD", "fx_rate": 0.9, "start_date": day("2024-01-01")},
        {"account_id": "b", "mrr": 100.0, "currency": "EUR", "start_date": day("2024-01-01")},
    ]
    rates = [
        {"currency": "USD", "rate_on": day("2024-01-01"), "rate": 0.9},
        {"currency": "USD", "rate_on": day("2024-02-10"), "rate": 0.95},
    ]
    accounts = [{"account_id": "a", "segment": "SMB"}, {"account_id": "b", "segment": "Mid"}]
    scope = Scope(period="1m", as_of=day("2024-02-29"))
    with closing(company(accounts=accounts, subscriptions=lines_, fx_rates=rates)) as warehouse:
        answer = ask(warehouse, summary, scope, rates="current", window="1")
        parts = ask(warehouse, by_dimension, scope, rates="current", window="1", by="segment").rows.to_pylist()
    assert answer.figure("nrr").value == 1
    assert answer.figure("fx").value == 5
    assert any("retention excludes this" in note.text for note in answer.notes)
    assert answer.headline.replace("\u202f", " ").endswith("Including exchange rates, NRR would be **103 %**.")
    assert {row["value"]: (row["nrr"], row["mrr_end"]) for row in parts} == {
        "Mid": (1, 100), "SMB": (1, 95), "All accounts": (1, 195),
    }  # fmt: skip
