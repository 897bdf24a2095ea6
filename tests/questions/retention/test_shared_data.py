"""Retention figures of data that were not made for this product, against independent computations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cs_dash.questions.retention.bridge import bridge
from cs_dash.questions.retention.summary import summary
from cs_dash.questions.retention.survival import survival
from cs_dash.scope import Scope
from cs_dash.store.warehouse import Warehouse
from tests.asking import ask
from tests.companies import day
from tests.questions.others import loaded

END_OF_2024 = Scope(period="all", as_of=day("2024-12-31"))


@pytest.fixture(scope="module")
def ravenstack(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    yield from loaded(shared_data / "ravenstack", "*.csv", tmp_path_factory.mktemp("ravenstack"))


@pytest.fixture(scope="module")
def telco(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    yield from loaded(shared_data / "telco", "*.xlsx", tmp_path_factory.mktemp("telco"))


def test_ravenstack_retention(ravenstack: Warehouse) -> None:
    answer = ask(ravenstack, summary, END_OF_2024)
    figures = {figure.name: figure.value for figure in answer.figures}
    assert figures["nrr"] == pytest.approx(2.922709, abs=5e-7)
    assert figures["grr"] == pytest.approx(0.995900, abs=5e-7)
    assert figures["logo_retention"] == 1
    assert (figures["mrr_start"], figures["mrr_end"]) == (1262113, 10159608)
    assert (figures["accounts_start"], figures["accounts_end"]) == (185, 500)


def test_ravenstack_bridge(ravenstack: Warehouse) -> None:
    rows = ask(ravenstack, bridge, END_OF_2024).rows.to_pylist()
    december = rows[-1]
    assert december["month"] == day("2024-12-01")
    assert (december["new"], december["expansion"], december["contraction"], december["churn"]) == (
        496667, 1365101, 162984, 0,
    )  # fmt: skip
    assert [row["residual"] for row in rows] == [0] * len(rows)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::UserWarning")
def test_telco_survival_is_that_of_the_tenures_themselves(telco: Warehouse, shared_data: Path) -> None:
    """The files give months of tenure and a flag, no dates; the curve must be as if lifelines had read them."""
    from lifelines import KaplanMeierFitter

    services = pd.read_excel(shared_data / "telco" / "Telco_customer_churn_services.xlsx")
    status = pd.read_excel(shared_data / "telco" / "Telco_customer_churn_status.xlsx")
    both = services.merge(status, on="Customer ID")
    theirs = KaplanMeierFitter().fit(both["Tenure in Months"], both["Churn Label"] == "Yes")
    ours = ask(telco, survival).rows
    assert ours["time"].to_pylist() == theirs.survival_function_.index.tolist()
    assert np.allclose(ours["survival"].to_pylist(), theirs.survival_function_.iloc[:, 0], rtol=0, atol=1e-9)
    assert sum(ours["events"].to_pylist()) == 1869
