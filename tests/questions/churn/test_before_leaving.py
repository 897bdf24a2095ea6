"""Before churn: early warnings, the path of measures, and what accounts lost over the product had asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from cs_dash.metrics import open_warehouse
from cs_dash.questions.churn.early_warnings import look_days
from cs_dash.questions.churn.events import events
from cs_dash.questions.churn.path import path, step_days
from cs_dash.questions.churn.path_accounts import path_accounts
from cs_dash.questions.churn.product import product
from cs_dash.questions.churn.summary import summary
from cs_dash.scope import Scope
from cs_dash.store.warehouse import Warehouse
from cs_dash.store.workspace import Workspace
from tests.asking import ask
from tests.companies import company, day

LEFT = day("2024-12-10")
AS_OF = day("2024-12-31")
YEAR = Scope(period="12m", as_of=AS_OF)


def line(account: str, end: dt.date | None = None, start: str = "2023-01-02") -> dict[str, Any]:
    return {"account_id": account, "mrr": 100.0, "start_date": day(start), "end_date": end, "seats": 10}


def churn_event(account: str, on: dt.date = LEFT, **fields: Any) -> dict[str, Any]:
    return {"account_id": account, "churned_on": on, "reason": "missing feature", "mrr_lost": 100.0} | fields


def weekly_use(
    account: str, until: str, users: int = 8, slump_from: str = "2100-01-01", slump: int = 2
) -> list[dict[str, Any]]:
    """Return weekly usage from October 2023: `users` users a week, and `slump` from `slump_from` on."""
    weeks = [day("2023-10-02") + dt.timedelta(days=7 * n) for n in range(64)]
    return [
        {"account_id": account, "used_on": week, "user_id": f"{account}-{n}", "feature": "F"}
        for week in weeks
        if week < day(until)
        for n in range(slump if week >= day(slump_from) else users)
    ]


def a_company(**tables: list[dict[str, Any]]) -> Warehouse:
    """Three churned accounts (usage fell early, usage fell too late, joined late) and two similar ones that stay."""
    ends = {"early": LEFT, "late": LEFT, "young": LEFT, "stays": None, "quiet": None}
    accounts = [{"account_id": name, "segment": "small"} for name in ends]
    lines = [line(name, end, "2024-11-04" if name == "young" else "2023-01-02") for name, end in ends.items()]
    usage = [
        *weekly_use("early", "2024-12-10", slump_from="2024-08-05"),
        *weekly_use("late", "2024-12-10", slump_from="2024-10-07"),
        *weekly_use("stays", "2025-01-01"),
        *weekly_use("quiet", "2025-01-01", slump_from="2024-08-05"),
    ]
    left = [churn_event("early"), churn_event("late"), churn_event("young"), churn_event("stays", scope="downsell")]
    return company(accounts=accounts, subscriptions=lines, usage=usage, churn_events=left, **tables)


def test_the_day_looked_at_is_the_last_month_end_90_days_before() -> None:
    assert look_days([day("2024-12-10"), day("2024-12-28"), day("2024-12-29"), day("2024-12-30")]) == [
        day("2024-08-31"), day("2024-09-30"),
    ]  # fmt: skip
    for on in (day("2024-01-01") + dt.timedelta(days=n) for n in range(400)):
        (looked,) = look_days([on])
        assert (on - looked).days >= 90
        assert (looked + dt.timedelta(days=1)).day == 1
        assert (on - look_days([on + dt.timedelta(days=31)])[0]).days < 91


def test_the_month_ends_before_leaving() -> None:
    assert step_days([day("2024-12-10")]) == [
        day("2024-06-30"), day("2024-07-31"), day("2024-08-31"), day("2024-09-30"), day("2024-10-31"),
        day("2024-11-30"),
    ]  # fmt: skip


def test_only_what_stood_three_months_before_is_a_warning() -> None:
    with closing(a_company()) as warehouse:
        answer, summary_answer = ask(warehouse, events, YEAR), ask(warehouse, summary, YEAR)
    warnings = {row["account_id"]: row["warning"] for row in answer.rows.to_pylist()}
    assert warnings == {"early": "use fell", "late": "none", "young": "not known", "stays": None}
    figure = answer.figure("warned")
    assert (figure.value, figure.n, summary_answer.figure("warned").value) == (0.5, 2, 0.5)
    texts = [note.text for note in summary_answer.notes]
    # Of the two that stayed, one looked the same on the day that is looked at for all three losses.
    assert any(text.startswith("1 of 2 churned accounts had an early warning") and "50" in text for text in texts)
    assert "1 churned account has too little history three months before and cannot be assessed." in texts


def test_what_happened_later_changes_no_warning() -> None:
    later = [
        {"ticket_id": f"T-{n}", "account_id": "late", "created_at": dt.datetime(2024, 11, 20), "kind": "defect"}
        for n in range(40)
    ]
    with closing(a_company(tickets=later)) as warehouse:
        warnings = {row["account_id"]: row["warning"] for row in ask(warehouse, events, YEAR).rows.to_pylist()}
    assert warnings["late"] == "none"


def test_an_account_that_pays_on_is_no_loss() -> None:
    rows = {
        "churn_events": [churn_event("pays"), churn_event("left")],
        "subscriptions": [line("pays"), line("left", LEFT)],
    }
    with closing(company(**rows)) as warehouse:
        departures = warehouse("churn_departures", start_day=None, end_day=None, as_of_day=AS_OF).to_pylist()
    assert [row["account_id"] for row in departures] == ["left"]


def test_several_days_of_warnings_are_each_day_alone() -> None:
    days = [day("2024-08-31"), day("2024-09-30"), day("2024-11-30")]
    with closing(a_company()) as warehouse:
        together = warehouse("early_warnings_on", on_days=days).to_pylist()
        alone = [
            {"day": on_day} | row for on_day in days for row in warehouse("early_warnings", on_day=on_day).to_pylist()
        ]
    assert together == alone
    assert {(row["day"], row["account_id"]) for row in together} >= {(days[0], "early"), (days[0], "quiet")}


def test_the_path_compares_with_accounts_alike_on_the_same_days() -> None:
    with closing(a_company()) as warehouse:
        steps = [row for row in ask(warehouse, path, YEAR).rows.to_pylist() if row["measure"] == "usage"]
    assert [row["month_before"] for row in steps] == [-6, -5, -4, -3, -2, -1]
    assert (steps[0]["left_mean"], steps[0]["stayed_mean"], steps[0]["left_accounts"]) == (0.8, 0.8, 2)
    # 30 November: early and late use 2 of 10 seats; of those that stayed one uses 8 and one 2.
    assert steps[-1]["left_mean"] == pytest.approx(0.2)
    assert steps[-1]["stayed_mean"] == pytest.approx(0.5)
    assert steps[-1]["low"] is None
    assert steps[-1]["few"]


@pytest.mark.parametrize("month", ["1", "6"])
def test_the_accounts_behind_a_point_have_its_mean(month: str) -> None:
    with closing(a_company()) as warehouse:
        (step,) = [
            row for row in ask(warehouse, path, YEAR).rows.to_pylist()
            if (row["measure"], row["month_before"]) == ("usage", -int(month))
        ]  # fmt: skip
        churned = ask(warehouse, path_accounts, YEAR, month=month)
        retained = ask(warehouse, path_accounts, YEAR, month=month, who="retained")
    assert churned.figure("mean").value == pytest.approx(step["left_mean"])
    assert {row["account_id"] for row in churned.rows.to_pylist()} == {"early", "late"}
    assert retained.figure("mean").value == pytest.approx(step["stayed_mean"])
    assert {row["account_id"]: (row["matched"], row["weight"]) for row in retained.rows.to_pylist()} == {
        "stays": (2, 0.5), "quiet": (2, 0.5),
    }  # fmt: skip


def test_nobody_alike_means_no_row() -> None:
    with closing(a_company()) as warehouse:
        rows = warehouse(
            "churn_path", on_days=step_days([LEFT]), start_day=day("2024-01-01"), end_day=None, as_of_day=AS_OF
        ).to_pylist()
    assert {row["account_id"] for row in rows} == {"early", "late"}, "young has another tenure than both that stayed"
    assert {row["stayed_accounts"] for row in rows} == {2}


def test_what_accounts_lost_over_the_product_had_asked_for() -> None:
    def ticket(account: str, on: str, kind: str, area: str | None) -> dict[str, Any]:
        return {"account_id": account, "created_at": dt.datetime.fromisoformat(on), "kind": kind, "product_area": area}

    tickets = [
        ticket("a", "2024-10-01", "how-to", "Reports"), ticket("a", "2024-10-02", "defect", "Reports"),
        ticket("a", "2024-10-03", "billing", "Reports"), ticket("a", "2024-01-03", "how-to", "Reports"),
        ticket("a", "2024-12-20", "how-to", "Reports"), ticket("b", "2024-09-01", "how-to", "Reports"),
        ticket("b", "2024-09-01", "defect", None), ticket("c", "2024-09-01", "how-to", "Reports"),
    ]  # fmt: skip
    wishes = [{"account_id": "b", "requested_on": day("2024-08-01"), "title": "Export", "product_area": "Export"}]
    left = [churn_event("a"), churn_event("b", reason="Poor quality"), churn_event("c", reason="too expensive")]
    lines = [line(name, LEFT) for name in "abc"]
    with closing(
        company(subscriptions=lines, churn_events=left, tickets=tickets, feature_requests=wishes)
    ) as warehouse:
        answer = ask(warehouse, product, YEAR)
    assert [
        (row["area"], row["accounts"], row["share"], row["howto"], row["defects"], row["requests"], row["mrr_lost"])
        for row in answer.rows.to_pylist()
    ] == [("Reports", 2, 1, 2, 1, 0, 200), ("(no area)", 1, 0.5, 0, 1, 0, 100), ("Export", 1, 0.5, 0, 0, 1, 100)]
    assert answer.figure("lost_over_product").value == 2


@pytest.fixture(scope="module")
def demo(demo_workspace: Workspace) -> Iterator[Warehouse]:
    version = demo_workspace.current()
    assert version is not None
    with closing(open_warehouse(demo_workspace.file_of(version))) as opened:
        yield opened


def test_in_the_demo_company_use_falls_before_leaving_as_it_was_simulated(demo: Warehouse) -> None:
    """In the simulation, usage shrinks to 30 % in the last 75 days before most decisions to churn."""
    answer = ask(demo, path, Scope(period="12m"))
    steps = {row["month_before"]: row for row in answer.rows.to_pylist() if row["measure"] == "usage"}
    assert steps[-1]["high"] < 0
    assert steps[-1]["left_mean"] < 0.75 * steps[-6]["left_mean"]
    stayed = [row["stayed_mean"] for row in steps.values()]
    assert max(stayed) < 1.1 * min(stayed)
    assert steps[-1]["difference"] < steps[-4]["difference"] < 0
    assert answer.headline.startswith("Usage is lower a month before churn: ")
    tickets = ask(demo, path, Scope(period="12m"), measure="tickets")
    assert tickets.chart("path").title == tickets.headline.rstrip(".")


def test_in_the_demo_company_losses_were_warned_of_more_often_than_stayers(demo: Warehouse) -> None:
    answer = ask(demo, events, Scope(period="12m"))
    warnings = answer.rows["warning"].to_pylist()
    full = answer.rows["full"].to_pylist()
    assert all(text is None for text, left in zip(warnings, full, strict=True) if not left)
    figure = answer.figure("warned")
    assert figure.value is not None
    judged = [text for text in warnings if text not in (None, "not known")]
    assert figure.n == len(judged)
    assert figure.value == sum(text != "none" for text in judged) / len(judged)
