"""The demo company's documented truth comes out of files, load and questions, within stated bounds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from cs_dash.answer import Answer
from cs_dash.demo.ledger import Retention
from cs_dash.demo.truth import Truth
from cs_dash.metrics import open_warehouse
from cs_dash.questions.catalogue import ask
from cs_dash.scope import Scope
from cs_dash.store.warehouse import Warehouse
from cs_dash.store.workspace import Workspace


@pytest.fixture(scope="module")
def warehouse(demo_workspace: Workspace) -> Iterator[Warehouse]:
    version = demo_workspace.current()
    assert version is not None
    opened = open_warehouse(demo_workspace.file_of(version))
    yield opened
    opened.close()


def values(answer: Answer) -> dict[str, Any]:
    return {figure.name: figure.value for figure in answer.figures}


def close(actual: dict[str, Any], expected: Retention) -> None:
    """Money to the cent, shares to nine digits: the same arithmetic on the same rows leaves no room."""
    assert actual["nrr"] == pytest.approx(expected.nrr, abs=1e-9)
    assert actual["grr"] == pytest.approx(expected.grr, abs=1e-9)
    assert actual["logo_retention"] == pytest.approx(expected.logo_retention, abs=1e-9)


def test_the_newest_day_is_the_simulations_last(warehouse: Warehouse, company_truth: Truth) -> None:
    assert warehouse.newest_day() == dt.date.fromisoformat(company_truth.last_day)


def test_retention_of_the_last_twelve_months(warehouse: Warehouse, company_truth: Truth) -> None:
    close(values(ask(warehouse, "retention.summary", Scope())), company_truth.retention)


@pytest.mark.parametrize("segment", ["Enterprise", "Mid-market", "SMB"])
def test_retention_by_segment(warehouse: Warehouse, company_truth: Truth, segment: str) -> None:
    scope = Scope().with_filter("segment", [segment])
    close(values(ask(warehouse, "retention.summary", scope)), company_truth.retention_by_segment[segment])


def test_the_bridge_of_every_month(warehouse: Warehouse, company_truth: Truth) -> None:
    rows = {row["month"].isoformat()[:7]: row for row in ask(warehouse, "retention.bridge", Scope()).rows.to_pylist()}
    for month in company_truth.bridge:
        if month.mrr_end == 0 and month.mrr_start == 0:
            continue
        row = rows[str(month.month)[:7]]
        for name in ("mrr_start", "new", "reactivation", "expansion", "contraction", "churn", "mrr_end"):
            assert row[name] == pytest.approx(getattr(month, name), abs=0.005), (month.month, name)


def test_the_how_to_share_within_a_point_and_a_half(warehouse: Warehouse, company_truth: Truth) -> None:
    share = values(ask(warehouse, "support.howto", Scope(period="all")))
    assert share["share"] == pytest.approx(company_truth.howto_share, abs=0.015)
    assert share["tickets"] == company_truth.tickets


def test_kinds_within_the_tickets_that_say_none(warehouse: Warehouse, company_truth: Truth) -> None:
    listed = ask(warehouse, "support.kinds", Scope(period="all")).rows.to_pylist()
    rows = {row["kind"]: row["tickets"] for row in listed}
    without = values(ask(warehouse, "support.howto", Scope(period="all")))["without_kind"]
    for kind, tickets in company_truth.tickets_by_kind.items():
        assert tickets - without <= rows[kind] <= tickets, kind


def test_churn_reasons_are_those_of_the_log(warehouse: Warehouse, company_truth: Truth) -> None:
    rows = ask(warehouse, "churn.reasons", Scope(period="all")).rows.to_pylist()
    assert {row["reason"]: row["events"] for row in rows} == company_truth.churn_by_reason


def test_the_blemishes_are_found(warehouse: Warehouse, company_truth: Truth) -> None:
    (row,) = warehouse.query("select count(*) as n from tickets where account_id is null").to_pylist()
    assert row["n"] == company_truth.blemishes["tickets_without_account"]
