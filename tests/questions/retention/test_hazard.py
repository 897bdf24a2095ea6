"""The risk of leaving by tenure, against lifelines and against months counted one by one."""

from __future__ import annotations

from contextlib import closing

import numpy as np
import pytest

from cs_dash.charts import BarChart
from cs_dash.questions.retention import hazard as module
from cs_dash.questions.retention.hazard import hazard, tenure_bands
from cs_dash.scope import Scope
from tests.asking import ask
from tests.companies import company, day


@pytest.mark.parametrize("seed", range(4))
def test_the_bands_are_the_months_counted_one_by_one(seed: int) -> None:
    random = np.random.default_rng(seed)
    months, left = random.integers(0, 80, 300), random.random(300) < 0.5
    single = [(month, bool(over) and month == last) for last, over in zip(months, left, strict=True)
              for month in range(last + 1)]  # fmt: skip
    band_rows = tenure_bands(months, left)
    for row in band_rows:
        first, last = row["months_from"], 10**6 if row["months_to"] is None else row["months_to"]
        inside = [has_left for month, has_left in single if first <= month <= last]
        assert (row["account_months"], row["events"]) == (len(inside), sum(inside))
        assert row["at_risk"] == sum(month == first for month, _ in single)
        assert row["hazard"] == sum(inside) / len(inside)
        assert row["low"] <= row["hazard"] <= row["high"]
    assert sum(row["events"] for row in band_rows) == left.sum()
    assert sum(row["share"] for row in band_rows) == pytest.approx(1)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::UserWarning")
def test_single_months_are_the_steps_of_nelson_and_aalen(monkeypatch: pytest.MonkeyPatch) -> None:
    from lifelines import NelsonAalenFitter

    random = np.random.default_rng(11)
    months, left = random.integers(0, 30, 400), random.random(400) < 0.4
    monkeypatch.setattr(module, "BANDS", tuple((month, month) for month in range(30)))
    theirs = NelsonAalenFitter(nelson_aalen_smoothing=False).fit(months, left)
    ours = np.cumsum([row["hazard"] for row in tenure_bands(months, left)])
    assert np.allclose(ours, theirs.cumulative_hazard_.iloc[:, 0], rtol=0, atol=1e-9)


def test_most_leave_after_four_to_six_months() -> None:
    def line(number: int, end: str | None) -> dict[str, object]:
        ends = day(end) if end else None
        return {"account_id": f"a-{number}", "mrr": 10.0, "start_date": day("2023-01-01"), "end_date": ends}

    lines = [line(n, "2023-06-01" if n < 40 else "2024-02-01" if n < 45 else None) for n in range(100)]
    with closing(company(subscriptions=lines)) as warehouse:
        answer = ask(warehouse, hazard, Scope(as_of=day("2024-12-31")))
        nobody = ask(warehouse, hazard, Scope(as_of=day("2023-05-31")))
    assert answer.headline.startswith("**40** of 45 churned accounts (89")
    assert "churned **after 4–6 months**" in answer.headline
    assert answer.chart("hazard").title.startswith("Monthly churn is highest after 4–6 months")
    bars = answer.chart("hazard")
    assert isinstance(bars, BarChart)
    assert bars.highlight == "4–6"
    assert [row["events"] for row in answer.rows.to_pylist()] == [0, 40, 0, 0, 5, 0]
    assert nobody.headline == "No churn so far among 100 accounts."
    bars = nobody.chart("hazard")
    assert isinstance(bars, BarChart)
    assert bars.highlight is None
