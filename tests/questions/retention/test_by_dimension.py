"""Retention by any dimension of the accounts: the parts, the total, and what is more than chance."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from cs_dash.charts import IntervalChart
from cs_dash.errors import UnknownOption
from cs_dash.questions.retention.by_dimension import by_dimension
from cs_dash.questions.retention.strips import finding
from cs_dash.questions.retention.summary import summary
from cs_dash.scope import Scope
from tests.asking import ask
from tests.companies import company, day
from tests.questions.retention.lines import DAYS, FIRST, Line, lines, rows

AT_THE_END = Scope(as_of=day("2024-12-31"))


def line(account: str, mrr: float, start: str, end: str | None = None) -> dict[str, Any]:
    return {"account_id": account, "mrr": mrr, "start_date": day(start), "end_date": day(end) if end else None}


def three_segments() -> dict[str, list[dict[str, Any]]]:
    """40 large accounts of which one leaves, 40 small of which 15 do, 5 tiny that stay; a newcomer of none."""
    contract_lines = [line(f"large-{n}", 100, "2023-01-01", "2024-03-05" if n == 0 else None) for n in range(40)]
    contract_lines += [line("large-1", 50, "2024-06-01")]
    contract_lines += [line(f"small-{n}", 10, "2023-01-01", "2024-03-05" if n < 15 else None) for n in range(40)]
    contract_lines += [line(f"tiny-{n}", 1, "2023-01-01") for n in range(5)]
    contract_lines += [line("new", 7, "2024-12-01")]
    names = sorted({row["account_id"] for row in contract_lines})
    accounts = [{"account_id": name, "segment": name.split("-")[0] if "-" in name else None} for name in names]
    return {"accounts": accounts, "subscriptions": contract_lines}


def test_every_value_with_its_rates_its_interval_and_the_others() -> None:
    with closing(company(**three_segments())) as warehouse:
        answer = ask(warehouse, by_dimension, AT_THE_END, by="segment", measure="logos")
    by_value = {row["value"]: row for row in answer.rows.to_pylist()}
    assert list(by_value) == ["large", "small", "(none)", "tiny", "All accounts"]
    large, small, tiny, none = by_value["large"], by_value["small"], by_value["tiny"], by_value["(none)"]
    assert (large["nrr"], large["grr"], large["logos"]) == (3950 / 4000, 3900 / 4000, 39 / 40)
    assert (large["quick"], large["arpa"], large["accounts_end"]) == (0.5, 3950 / 39, 39)
    assert (small["logos"], small["accounts_start"], small["mrr_start"], small["mrr_end"]) == (25 / 40, 40, 400, 250)
    assert small["low"] < 25 / 40 < small["high"]
    assert small["difference"] == pytest.approx(25 / 40 - 44 / 45)
    assert small["nrr_difference"] == pytest.approx(250 / 400 - 3955 / 4005)
    assert small["grr_difference"] == pytest.approx(250 / 400 - 3905 / 4005)
    alone = chi2_contingency([[25, 15], [44, 1]], correction=False).pvalue
    assert small["chance"] == pytest.approx(2 * alone)  # two values are compared: tiny and (none) have too few
    assert (small["verdict"], large["verdict"]) == ("yes, fewer kept", "yes, more kept")
    assert (tiny["verdict"], tiny["few"], tiny["chance"]) == ("few accounts", True, None)
    assert (none["nrr"], none["logos"], none["verdict"]) == (None, None, "nobody paid at the start")
    assert answer.headline.startswith("small retained")
    assert "(none)" not in answer.chart("retention_by").rows["value"].to_pylist()


@settings(max_examples=15)
@given(
    lines(), st.integers(0, DAYS), st.sampled_from(["12", "6", "3", "1"]), st.sampled_from(["snapshot", "movements"])
)
def test_the_values_add_up_to_the_total_and_the_total_is_the_summary(
    contract_lines: list[Line], passed: int, window: str, convention: str
) -> None:
    scope = Scope(as_of=FIRST + dt.timedelta(days=passed))
    with closing(company(**rows(contract_lines))) as warehouse:
        value_rows = ask(
            warehouse, by_dimension, scope, by="segment", window=window, convention=convention
        ).rows.to_pylist()
        whole = ask(warehouse, summary, scope, window=window, convention=convention)
        alone = ask(
            warehouse, summary, scope.with_filter("segment", ["odd"]), window=window, convention=convention
        )  # fmt: skip
    if not value_rows:
        assert whole.figure("mrr_start").value == whole.figure("mrr_end").value == 0
        return
    *parts, total = value_rows
    assert total["is_total"]
    for name in ("mrr_start", "mrr_end", "accounts_start", "accounts_end", "accounts_kept"):
        assert total[name] == pytest.approx(sum(row[name] for row in parts))
    figure_names = {"nrr": "nrr", "grr": "grr", "logos": "logo_retention", "arpa": "arpa", "quick": "quick_ratio"}
    figure_names |= {name: name for name in ("mrr_start", "mrr_end", "accounts_start", "accounts_end")}
    for row, answer in ((total, whole), *((row, alone) for row in parts if row["value"] == "odd")):
        for name, figure in figure_names.items():
            value = answer.figure(figure).value
            assert row[name] == (None if value is None else pytest.approx(value, abs=1e-9)), (row["value"], name)


def test_what_leads_the_answer_follows_from_the_measure() -> None:
    with closing(company(**three_segments())) as warehouse:
        net = ask(warehouse, by_dimension, AT_THE_END, by="segment").chart("retention_by")
        logo_chart = ask(warehouse, by_dimension, AT_THE_END, by="segment", measure="logos").chart("retention_by")
        with pytest.raises(UnknownOption, match="Could not group by segmant"):
            ask(warehouse, by_dimension, AT_THE_END, by="segmant")
    assert net.title.startswith("NRR is highest in large")
    assert isinstance(net, IntervalChart)
    assert isinstance(logo_chart, IntervalChart)
    assert (net.low, logo_chart.low) == (None, "low")
    assert logo_chart.title.startswith("small retains fewer accounts than all others")
    assert net.reference is not None
    assert net.reference[0] == pytest.approx(4205 / 4405)


def test_one_value_has_no_others() -> None:
    scope = AT_THE_END.with_filter("segment", ["large"])
    with closing(company(**three_segments())) as warehouse:
        value_rows = ask(warehouse, by_dimension, scope, by="segment").rows.to_pylist()
    assert [(row["value"], row["verdict"], row["difference"]) for row in value_rows] == [
        ("large", "no others", None),
        ("All accounts", None, None),
    ]


def test_small_multiples_follow_each_large_group_beside_all_accounts() -> None:
    with closing(company(**three_segments())) as warehouse:
        answer = ask(warehouse, by_dimension, AT_THE_END, by="segment", measure="logos", window="1")
    chart = answer.chart("retention_strips")
    points = {(row["value"], row["month"]): row for row in chart.rows.to_pylist()}
    assert {name for name, _ in points} == {"large", "small"}  # tiny has five accounts
    assert {month for _, month in points} == {
        day(f"2024-{month:02d}-01") + dt.timedelta(days=-1) for month in range(2, 13)
    } | {AT_THE_END.as_of}
    march, april = (points["small", day(f"2024-{name}")] for name in ("03-31", "04-30"))
    assert (march["kept"], march["all"], march["accounts"]) == (25 / 40, 69 / 85, 40)
    assert (april["kept"], april["all"], april["accounts"]) == (1.0, 1.0, 25)
    assert chart.title == "Logo retention is stable in every group"


def test_one_large_group_has_no_small_multiples() -> None:
    given_rows = three_segments()
    for account in given_rows["accounts"]:
        account["segment"] = "large"
    with closing(company(**given_rows)) as warehouse:
        answer = ask(warehouse, by_dimension, AT_THE_END, by="segment")
    assert [chart.name for chart in answer.charts] == ["retention_by"]


def course(name: str, *months: tuple[int, int]) -> list[dict[str, Any]]:
    """Return the drawn rows of one group: (accounts that stayed, accounts) at each month end."""
    return [{"value": name, "kept": stayed / n, "stayed": stayed, "accounts": n} for stayed, n in months]


def test_a_group_is_said_to_have_moved_where_that_is_more_than_chance() -> None:
    few = course("few", (18, 25), (19, 25), (23, 25))  # 72 to 92 %: Fisher's exact test says 0.14
    many = course("many", (900, 1000), (880, 1000), (840, 1000))
    finding_text = finding([*few, *many], ["few", "many"], "logos")
    assert finding_text.startswith("many fell most: from 90")
    held = course("many", (900, 1000), (900, 1000), (905, 1000))
    assert finding([*few, *held], ["few", "many"], "logos") == "No significant change in logo retention in any group"
    assert finding(held, ["many"], "logos") == "Logo retention is stable in every group"
    assert finding([*few, *many], ["few", "many"], "nrr").startswith("few rose most: from 72")
