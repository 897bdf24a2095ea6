"""Retention figures of data that were not made for this product, against independent computations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from cs_dash.questions.retention.bridge import bridge
from cs_dash.questions.retention.cohorts import cohorts
from cs_dash.questions.retention.hazard import hazard
from cs_dash.questions.retention.summary import summary
from cs_dash.questions.retention.survival import survival
from cs_dash.scope import Scope
from cs_dash.stats.survival import kaplan_meier, log_rank
from cs_dash.store.warehouse import Warehouse
from tests.asking import ask
from tests.companies import day
from tests.questions.others import loaded
from tests.questions.retention.purchases import activity_triangle

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
    merged = services.merge(status, on="Customer ID")
    theirs = KaplanMeierFitter().fit(merged["Tenure in Months"], merged["Churn Label"] == "Yes")
    ours = ask(telco, survival).rows
    assert ours["time"].to_pylist() == theirs.survival_function_.index.tolist()
    assert np.allclose(ours["survival"].to_pylist(), theirs.survival_function_.iloc[:, 0], rtol=0, atol=1e-9)
    assert sum(ours["events"].to_pylist()) == 1869


@pytest.mark.parametrize(("by", "frequency"), [("month", "M"), ("quarter", "Q")])
def test_every_cohort_row_of_ravenstack(ravenstack: Warehouse, shared_data: Path, by: str, frequency: str) -> None:
    """Every cell of the triangle, recomputed from the file by account and day; end dates are the first day not paid."""
    lines: Any = pd.read_csv(shared_data / "ravenstack" / "ravenstack_subscriptions.csv", parse_dates=[2, 3])
    lines = lines[(lines["mrr_amount"] > 0) & ~lines["is_trial"]]
    lines["end_date"] = lines["end_date"].fillna(pd.Timestamp("2200-01-01"))
    lines = lines[lines["end_date"] > lines["start_date"]]
    lines["first"] = lines.groupby("account_id")["start_date"].transform("min")

    def paid(on: Any) -> Any:
        active = lines[(lines["start_date"] <= on) & (lines["end_date"] > on)]
        return active.groupby("account_id")["mrr_amount"].sum()

    base = paid(lines["first"]).rename("m0").to_frame()
    base["cohort"] = lines.groupby("account_id")["first"].first().dt.to_period(frequency)
    periods = pd.period_range(base["cohort"].min(), "2024-12-31", freq=frequency)
    expected = []
    for period in periods:
        base_now = base.join(paid(period.end_time.normalize()).rename("mk")).fillna({"mk": 0.0})
        base_now["kept"] = base_now[["m0", "mk"]].min(axis=1)
        for cohort, accounts in base_now[base_now["cohort"] <= period].groupby("cohort"):
            expected.append(
                (cohort.start_time.date(), (period - cohort).n, len(accounts), accounts["m0"].sum(),
                 (accounts["mk"] > 0).sum(), (accounts["mk"] > 0).mean(), accounts["kept"].sum() / accounts["m0"].sum(),
                 accounts["mk"].sum() / accounts["m0"].sum(), True)
            )  # fmt: skip
    cohort_rows = [tuple(row.values()) for row in ask(ravenstack, cohorts, END_OF_2024, by=by).rows.to_pylist()]
    assert len(cohort_rows) == len(expected) == {"month": 300, "quarter": 36}[by]
    for ours, theirs in zip(cohort_rows, sorted(expected), strict=True):
        assert ours == pytest.approx(theirs, abs=1e-9)


def test_every_activity_cohort_of_ravenstack(ravenstack: Warehouse, shared_data: Path) -> None:
    """The file of uses names subscriptions; pandas joins them to accounts. December 2024 is over on the as-of date."""
    folder = shared_data / "ravenstack"
    uses = pd.read_csv(folder / "ravenstack_feature_usage.csv", parse_dates=["usage_date"])
    uses = uses.drop_duplicates("usage_id", keep="first")  # 21 ids come twice
    lines = pd.read_csv(folder / "ravenstack_subscriptions.csv")[["subscription_id", "account_id"]]
    used = uses.merge(lines, on="subscription_id")
    expected = activity_triangle(used["account_id"], used["usage_date"], pd.Timestamp("2024-12-31"))
    cohort_rows = ask(ravenstack, cohorts, END_OF_2024, measure="activity").rows.to_pylist()
    assert [(r["cohort"], r["age"], r["size"], r["active"], r["final"]) for r in cohort_rows] == expected
    assert len(expected) == 124


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::UserWarning")
def test_telco_groups_and_hazard_are_those_of_the_tenures_themselves(telco: Warehouse, shared_data: Path) -> None:
    """Median, log-rank by contract and the risk by tenure, from a flag and months only."""
    from lifelines import KaplanMeierFitter
    from lifelines.statistics import multivariate_logrank_test

    services = pd.read_excel(shared_data / "telco" / "Telco_customer_churn_services.xlsx")
    status = pd.read_excel(shared_data / "telco" / "Telco_customer_churn_status.xlsx")
    merged: Any = services.merge(status, on="Customer ID")
    months, left = merged["Tenure in Months"], merged["Churn Label"] == "Yes"
    groups = {name: (months[at].tolist(), left[at].tolist()) for name, at in merged.groupby("Contract").groups.items()}
    theirs = multivariate_logrank_test(months, merged["Contract"], left)
    assert log_rank(tuple(groups.values())) == pytest.approx(theirs.p_value, abs=1e-9)
    answer = ask(telco, survival, group="contract").rows.to_pylist()
    assert {row["group"] for row in answer} == set(groups)
    for name, (spans, over) in groups.items():
        curve = KaplanMeierFitter().fit(spans, over)
        ours = [row["survival"] for row in answer if row["group"] == name]
        assert np.allclose(ours, curve.survival_function_.iloc[:, 0], rtol=0, atol=1e-9)
        assert kaplan_meier(spans, over).median == (None if np.isinf(curve.median_survival_time_) else
                                                    curve.median_survival_time_)  # fmt: skip
    rows = ask(telco, hazard).rows.to_pylist()
    for row in rows:
        last = 10**6 if row["months_to"] is None else row["months_to"]
        inside = left & months.between(row["months_from"], last)
        watched = sum(((months >= month) & (month <= last)).sum() for month in range(row["months_from"], 73)
                      if month <= last)  # fmt: skip
        assert (row["events"], row["account_months"]) == (inside.sum(), watched)
    assert sum(row["events"] for row in rows) == 1869
