"""The reporting currency is a setting: all rows are made again in it, and undo brings the ones before back."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest

from cs_dash import pipeline
from cs_dash.decisions import settings
from cs_dash.errors import BadInput, UnknownOption
from cs_dash.questions import catalogue
from cs_dash.scope import Scope
from cs_dash.store.workspace import Workspace
from tests.workspaces import opened, rows

LINES = (
    "Subscription ID,Customer ID,Start date,End date,MRR,Currency\n"
    "S1,A1,2026-01-05,,100,EUR\nS2,A2,2026-01-05,,90,USD\nS3,A3,2026-02-05,,50,GBP\nS4,A4,2026-01-05,,10,EUR\n"
)
CHURN = "Customer ID,Churn date,Reason,MRR lost\nA1,2026-02-10,Too expensive,40\n"
IN_EUROS = "Currency,Date,Rate\nUSD,2026-01-01,0.9\nUSD,2026-02-01,0.8\nGBP,2026-01-01,1.2\n"
IN_DOLLARS = "Currency,Date,Rate\nEUR,2026-01-01,1.25\nGBP,2026-01-01,1.5\nUSD,2026-01-01,1\n"


def load(workspace: Workspace, **more: Any) -> pipeline.LoadReport:
    files = {"lines.csv": LINES, "churn.csv": CHURN} | more.pop("files", {"rates.csv": IN_EUROS})
    uploads = [(name, io.BytesIO(text.encode())) for name, text in files.items()]
    return pipeline.load(workspace, uploads, today=dt.date(2026, 3, 1), **more)


def mrr(workspace: Workspace) -> dict[str, float]:
    lines = rows(workspace, "select subscription_id, mrr from subscriptions order by 1")
    return {row["subscription_id"]: round(row["mrr"], 6) for row in lines}


def currency(workspace: Workspace) -> str:
    return str(rows(workspace, "from reporting_currency")[0]["currency"])


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace")


EUROS = {"S1": 100, "S2": 81, "S3": 60, "S4": 10}
DOLLARS = {"S1": round(100 / 0.9, 6), "S2": 90, "S3": 75, "S4": round(10 / 0.9, 6)}


def test_all_rows_are_made_again_and_undo_brings_them_back(workspace: Workspace) -> None:
    load(workspace)
    assert (currency(workspace), mrr(workspace)) == ("EUR", EUROS)
    decided = pipeline.change(workspace, {"currency": "usd"})
    assert decided.names == ("currency",)
    assert decided.report is not None
    assert not any(sheet.rejected for sheet in decided.report.files)
    assert (currency(workspace), mrr(workspace)) == ("USD", DOLLARS)
    assert rows(workspace, "select mrr_lost from churn_events") == [{"mrr_lost": 50}], "40 euros at 0.8"
    assert pipeline.listed(workspace)[0].value == "USD"
    workspace.undo()
    assert (currency(workspace), mrr(workspace)) == ("EUR", EUROS)
    assert pipeline.listed(workspace)[0].value == "EUR"


def test_back_and_forth_is_as_before(workspace: Workspace) -> None:
    load(workspace)
    tables = ("subscriptions", "churn_events", "fx_rates", "accounts")
    before = {name: rows(workspace, f"from {name} order by all") for name in tables}
    pipeline.change(workspace, {"currency": "USD"})
    pipeline.change(workspace, {"currency": "EUR"})
    assert {name: rows(workspace, f"from {name} order by all") for name in tables} == before
    assert pipeline.change(workspace, {"currency": "EUR"}).names == ()


def test_the_same_files_again_change_nothing(workspace: Workspace) -> None:
    load(workspace)
    pipeline.change(workspace, {"currency": "USD"})
    assert load(workspace).version is None


def test_a_later_load_is_in_the_new_currency_and_is_made_again_with_the_rest(workspace: Workspace) -> None:
    load(workspace)
    pipeline.change(workspace, {"currency": "USD"})
    more = "Subscription ID,Customer ID,Start date,End date,MRR,Currency\nS5,A5,2026-02-05,,80,EUR\n"
    unnamed = "Customer ID,Churn date,Reason,MRR lost\nA2,2026-02-11,Price,80\n"
    pipeline.load(workspace, [("more.csv", io.BytesIO(more.encode())), ("left.csv", io.BytesIO(unnamed.encode()))])
    assert mrr(workspace) == DOLLARS | {"S5": 100}
    assert {row["mrr_lost"] for row in rows(workspace, "select mrr_lost from churn_events")} == {50, 100}
    pipeline.rebuild(workspace)
    assert (currency(workspace), mrr(workspace)) == ("USD", DOLLARS | {"S5": 100})
    pipeline.change(workspace, {"currency": "EUR"})
    assert mrr(workspace) == EUROS | {"S5": 80}
    assert {row["mrr_lost"] for row in rows(workspace, "select mrr_lost from churn_events")} == {40, 80}


def test_rates_into_the_new_currency_can_be_brought_first(workspace: Workspace) -> None:
    """Euros listed at another worth than 1 cannot be rates in euros."""
    load(workspace)
    pipeline.load(workspace, [("dollars.csv", io.BytesIO(IN_DOLLARS.encode()))])
    pipeline.change(workspace, {"currency": "USD"})
    quotes = rows(workspace, "select distinct quoted_in from fx_rates where currency = 'EUR'")
    assert quotes == [{"quoted_in": "USD"}]
    assert mrr(workspace)["S1"] == 125


def test_rates_that_came_after_the_lines_count_when_all_is_made_again(workspace: Workspace) -> None:
    lines = "Subscription ID,Customer ID,Start date,End date,MRR,Currency\nS1,A1,2026-01-05,,100,EUR\n"
    pipeline.load(workspace, [("lines.csv", io.BytesIO(lines.encode()))])
    pipeline.load(workspace, [("rates.csv", io.BytesIO(b"Currency,Date,Rate\nEUR,2026-01-01,1.25\n"))])
    decided = pipeline.change(workspace, {"currency": "USD"})
    assert decided.report is not None
    assert not any(sheet.rejected for sheet in decided.report.files)
    assert (currency(workspace), mrr(workspace)) == ("USD", {"S1": 125})
    pipeline.rebuild(workspace)
    assert (currency(workspace), mrr(workspace)) == ("USD", {"S1": 125})


def test_a_row_whose_rate_is_missing_is_rejected_with_the_reason(workspace: Workspace) -> None:
    early = LINES + "S9,A9,2025-06-01,,70,EUR\n"
    load(workspace, files={"lines.csv": early, "rates.csv": IN_EUROS})
    decided = pipeline.change(workspace, {"currency": "USD"})
    assert decided.report is not None
    problems = [problem for sheet in decided.report.files for problem in sheet.problems]
    assert [problem.what for problem in problems] == ["No exchange rate from EUR to USD for that day."]
    assert mrr(workspace) == DOLLARS
    workspace.undo()
    assert mrr(workspace) == EUROS | {"S9": 70}


def test_a_currency_that_no_rate_leads_to_is_refused(workspace: Workspace) -> None:
    load(workspace)
    with pytest.raises(UnknownOption, match="no exchange rate between EUR and CHF is loaded"):
        pipeline.change(workspace, {"currency": "CHF", "gross_margin": "50 %"})
    assert settings.chosen(workspace) == {}
    assert len(workspace.state.versions()) == 1


def test_a_load_in_another_currency_is_refused(workspace: Workspace) -> None:
    load(workspace)
    with pytest.raises(BadInput, match="because the loaded rows are in EUR"):
        load(workspace, options={"currency": "USD"})
    assert len(workspace.state.versions()) == 1


def test_before_the_first_load_it_is_remembered(workspace: Workspace) -> None:
    assert pipeline.change(workspace, {"currency": "GBP"}).report is None
    pounds = "Currency,Date,Rate\nEUR,2026-01-01,0.8\nUSD,2026-01-01,0.75\n"
    load(workspace, files={"rates.csv": pounds})
    assert (currency(workspace), mrr(workspace)["S1"]) == ("GBP", 80)


def test_files_without_a_currency_get_its_sign_alone(workspace: Workspace) -> None:
    plain = "Subscription ID,Customer ID,Start date,End date,MRR\nS1,A1,2026-01-05,,100\n"
    pipeline.load(workspace, [("lines.csv", io.BytesIO(plain.encode()))])
    assert pipeline.change(workspace, {"currency": "EUR"}).report is None
    assert (currency(workspace), mrr(workspace)) == ("EUR", {"S1": 100})


def test_the_bridge_at_current_rates_ties_in_every_currency(workspace: Workspace) -> None:
    load(workspace)
    for code, worth in (("EUR", {"EUR": 1, "USD": 0.8, "GBP": 1.2}), ("USD", {"EUR": 1.25, "USD": 1, "GBP": 1.5})):
        pipeline.change(workspace, {"currency": code})
        answer = catalogue.ask(opened(workspace), "retention.bridge", Scope(period="all"), {"rates": "current"})
        last = answer.rows.to_pylist()[-1]
        assert last["residual"] == 0
        assert last["mrr_end"] == pytest.approx(110 * worth["EUR"] + 90 * worth["USD"] + 50 * worth["GBP"])
        assert last["fx"] != 0
