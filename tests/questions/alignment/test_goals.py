"""`alignment.goals`: the number of the pages, where a goal stands, and what is not known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Any

import pytest

from cs_dash.answer import Answer
from cs_dash.decisions import decided
from cs_dash.decisions.choices.goal_metrics import METRICS
from cs_dash.metrics import open_warehouse
from cs_dash.questions.alignment.goal_states import goal_state
from cs_dash.questions.alignment.goal_values import GoalValues
from cs_dash.questions.alignment.goals import goals
from cs_dash.questions.catalogue import ask as ask_question
from cs_dash.scope import Scope
from cs_dash.store.warehouse import Warehouse
from cs_dash.store.workspace import Workspace
from tests.asking import ask
from tests.companies import ReusedReader, company, day

Row = dict[str, Any]


def goal(metric: str, target: float, due: str = "2026-12-31", **more: Any) -> Row:
    """Return a goal as the log has it."""
    return {
        "metric": metric, "target": target, "due": due, "owner": "Ana", "team": "cs", "title": "", "teams": ["cs"],
        "where": {}, "feature": "", "features": None, "start": None, "since": "2026-03-31", "window": None,
    } | more  # fmt: skip


def with_goals(warehouse: Warehouse, *listed: Row) -> Warehouse:
    decisions = {("shared goal", f"G-{number}"): value for number, value in enumerate(listed, 1)}
    return ReusedReader(warehouse.file, decided(decisions=decisions))


def answer_for(warehouse: Warehouse, *listed: Row, scope: Scope | None = None, **options: str) -> Answer:
    with closing(with_goals(warehouse, *listed)) as opened:
        return ask(opened, goals, scope or Scope(as_of=day("2026-09-30")), **options)


@pytest.fixture(scope="module")
def small() -> Iterator[Warehouse]:
    """Six accounts, of which two left; ten tickets a month of which fewer and fewer are how-to; some use."""
    accounts = [{"account_id": name, "segment": "SMB" if name in "abc" else "Mid"} for name in "abcdef"]
    lines = [{"account_id": name, "start_date": day("2025-01-01"), "mrr": 100.0} for name in "abcd"]
    lines += [
        {"account_id": "e", "start_date": day("2025-01-01"), "end_date": day("2026-06-01"), "mrr": 100.0},
        {"account_id": "f", "start_date": day("2026-06-10"), "mrr": 100.0},
    ]
    tickets = [
        {
            "account_id": "a", "created_at": dt.datetime(2026, month, 5 + number),
            "kind": "how-to" if number < 10 - month else "defect",
        }
        for month in range(1, 10)
        for number in range(10)
    ]  # fmt: skip
    usage = [
        {"account_id": name, "used_on": day(on), "user_id": f"{name}{user}", "feature": feature, "is_core": core}
        for name, on, user, feature, core in [
            ("a", "2025-01-01", 1, "login", False), ("f", "2026-06-12", 1, "Reports", True),
            ("f", "2026-07-08", 1, "Import", True), ("f", "2026-07-11", 1, "Board", True),
            ("a", "2026-09-21", 1, "reports ", True), ("a", "2026-09-22", 2, "Board", True),
            ("b", "2026-09-23", 1, "Board", True), ("c", "2026-09-01", 1, "Reports", True),
        ]
    ]  # fmt: skip
    events = [{"account_id": "e", "churned_on": day("2026-06-01"), "reason": "price", "mrr_lost": 100.0}]
    surveys = [
        {"account_id": "a", "survey": "NPS", "answered_on": day("2026-08-01"), "score": score}
        for score in (9.0, 10.0, 3.0)
    ]
    warehouse = company(
        accounts=accounts, subscriptions=lines, tickets=tickets, usage=usage, churn_events=events, surveys=surveys
    )
    yield warehouse
    warehouse.close()


@pytest.mark.parametrize(
    ("given", "now", "n"),
    [
        (goal("howto_share", 0.3), 36 / 80, 80),  # February to September: 8 + 7 + ... + 1 of 80
        (goal("howto_share", 0.3, window=1), 1 / 10, 10),
        (goal("logo_retention", 0.9), 4 / 5, 5),
        (goal("nrr", 1.0), 4 / 5, 5),
        (goal("grr", 1.0, where={"segment": ["SMB"]}), 1.0, 3),
        (goal("churned_accounts", 0), 1, 6),
        (goal("churn_share", 0), 1 / 6, 6),
        (goal("nps", 50), 100 / 3, 3),
        (goal("activation", 0.7, features=2), 1.0, 6),
        (goal("activation", 0.7, features=3), 0.0, 1),
        (goal("feature_weekly", 0.4, feature="Reports"), 1 / 5, 5),
        (goal("feature_adoption", 0.4, feature="REPORTS"), 2 / 5, 5),
        (goal("wau", 10), 3, 2),
    ],
    ids=lambda value: value["metric"] if isinstance(value, dict) else str(value),
)
def test_the_figure_of_now_by_hand(small: Warehouse, given: Row, now: float, n: int) -> None:
    scope = (
        Scope(period="custom", start=day("2026-02-01"), as_of=day("2026-09-30")) if "howto" in given["metric"] else None
    )
    (row,) = answer_for(small, given, scope=scope).rows.to_pylist()
    if given["metric"] == "activation":
        n = row["n"]
    assert (row["now"], row["n"]) == (pytest.approx(now), n)


def test_activation_counts_the_first_thirty_days_of_who_started_in_the_data(small: Warehouse) -> None:
    """Account f started on 10 June: Reports and Import lie within 30 days, Board on 11 July does not."""
    rows = {
        features: small(
            "activation_rate", start_days=[day("2026-06-01")], end_days=[day("2026-10-01")], least_features=features
        ).to_pylist()[0]
        for features in (1, 2, 3)
    }
    assert [(row["accounts"], row["activated"], row["rate"]) for row in rows.values()] == [
        (1, 1, 1),
        (1, 1, 1),
        (1, 0, 0),
    ]
    (row,) = small("activation_rate", start_days=[None], end_days=[day("2026-07-09")], least_features=1).to_pylist()
    assert (
        row["accounts"] == 5
    )  # those of January 2025, whom the usage data cover; f has its first 30 days until 9 July
    (row,) = small("activation_rate", start_days=[day("2030-01-01")], end_days=[day("2030-02-01")]).to_pylist()
    assert (row["accounts"], row["rate"]) == (0, None)


SAME = {
    "howto_share": ("support.howto", "share"), "contact_rate": ("support.howto", "contact_rate"),
    "nrr": ("retention.summary", "nrr"), "grr": ("retention.summary", "grr"),
    "logo_retention": ("retention.summary", "logo_retention"), "churn_share": ("churn.summary", "churn_share"),
    "churned_accounts": ("churn.summary", "churned_accounts"), "nps": ("health.nps", "nps"),
}  # fmt: skip


@pytest.mark.parametrize("period", ["12m", "3m", "quarter", "all"])
@pytest.mark.parametrize("where", [{}, {"segment": ["SMB"]}], ids=["all", "a segment"])
def test_the_number_is_that_of_the_page(demo_workspace: Workspace, period: str, where: Mapping[str, list[str]]) -> None:
    version = demo_workspace.current()
    assert version is not None
    listed = [goal(metric, 0.5, where=where) for metric in SAME]
    decisions = {("shared goal", f"G-{number}"): value for number, value in enumerate(listed, 1)}
    with closing(open_warehouse(demo_workspace.file_of(version), decided(decisions=decisions))) as warehouse:
        rows = ask_question(warehouse, "alignment.goals", Scope(period=period)).rows.to_pylist()
        scope = Scope(period=period, filters=tuple((name, tuple(values)) for name, values in where.items()))
        for row in rows:
            name, figure = SAME[row["metric"]]
            expected = ask_question(warehouse, name, scope).figure(figure).value
            assert row["now"] == pytest.approx(expected, abs=1e-9, rel=0), row["metric"]
        howto = ask_question(warehouse, "overview.summary", scope).figure("howto_share").value
        assert rows[0]["now"] == pytest.approx(howto, abs=1e-9, rel=0)


def test_filters_of_the_view_do_not_change_a_goal_and_that_is_said(small: Warehouse) -> None:
    scope = Scope(as_of=day("2026-09-30"))
    whole = answer_for(small, goal("logo_retention", 0.9), scope=scope)
    part = answer_for(small, goal("logo_retention", 0.9), scope=scope.with_filter("segment", ["SMB"]))
    assert part.rows["now"] == whole.rows["now"]
    assert any("filters of the view" in note.text for note in part.notes)
    assert not any("filters of the view" in note.text for note in whole.notes)


def test_a_goal_starts_where_it_was_on_its_first_day(small: Warehouse) -> None:
    given = goal("howto_share", 0.2, window=1, since="2026-04-30")
    (row,) = answer_for(small, given).rows.to_pylist()
    assert row["start"] == pytest.approx(6 / 10)
    assert row["progress"] == pytest.approx((0.1 - 0.6) / (0.2 - 0.6))
    (row,) = answer_for(small, given | {"start": 0.5}).rows.to_pylist()
    assert row["progress"] == pytest.approx((0.1 - 0.5) / (0.2 - 0.5))


def test_a_straight_fall_is_foretold_exactly(small: Warehouse) -> None:
    """One month each: 70, 60 ... 10 % from March to September; a month on it is nothing."""
    (row,) = answer_for(small, goal("howto_share", 0.05, window=1, due="2026-10-30")).rows.to_pylist()
    assert row["trend"] == pytest.approx([0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1], abs=0.2)
    assert (row["state"], row["on_track"]) == ("on track", True)
    assert row["forecast"] == pytest.approx(0.1 + (0.1 - row["trend"][0]) / 6 * 30 / 30.4375, abs=1e-9)


def values(*history: float | None, at_due: float | None = None, start: float | None = None) -> GoalValues:
    return GoalValues(history[-1], 100, history, start, at_due)


@pytest.mark.parametrize(
    ("target", "due", "history", "state", "on_track"),
    [
        (0.33, "2026-12-31", values(0.42, 0.41, 0.40, 0.39, 0.38), "behind", False),
        (0.35, "2026-12-31", values(0.42, 0.41, 0.40, 0.39, 0.38), "on track", True),
        (0.34, "2026-12-31", values(0.40, 0.38, 0.39, 0.36, 0.38), "at risk", False),
        (0.40, "2026-12-31", values(0.42, 0.41, 0.40, 0.39, 0.38), "reached", True),
        (0.33, "2026-12-31", values(0.40, 0.38, 0.36), "too early", None),
        (0.33, "2026-06-30", values(0.36, at_due=0.34), "missed", False),
        (0.33, "2026-06-30", values(0.36, at_due=0.33), "reached", True),
        (0.33, "2026-06-30", values(0.36), "no data", None),
        (0.33, "2026-12-31", values(None), "no data", None),
    ],
)
def test_states(target: float, due: str, history: GoalValues, state: str, on_track: bool | None) -> None:
    standing = goal_state({"metric": "howto_share", "target": target, "due": day(due)}, history, day("2026-09-30"))
    assert (standing.state, standing.on_track) == (state, on_track)


def test_more_is_better_where_it_is_and_shares_stay_shares() -> None:
    rising = values(0.90, 0.92, 0.94, 0.96, 0.98)
    standing = goal_state(
        {"metric": "logo_retention", "target": 0.99, "due": day("2026-12-31")}, rising, day("2026-09-30")
    )
    assert standing.state == "on track"
    assert standing.forecast is not None
    assert standing.forecast.value == standing.forecast.high == 1.0


def test_what_is_not_loaded_or_too_short_is_said(small: Warehouse) -> None:
    only = company(accounts=[{"account_id": "a", "signup_date": day("2026-01-01")}],
                   tickets=[{"account_id": "a", "created_at": dt.datetime(2026, 9, 1), "kind": "how-to"}])  # fmt: skip
    answer = answer_for(only, goal("nrr", 1.0), goal("howto_share", 0.3))
    first, second = answer.rows.to_pylist()
    assert (first["now"], first["state"], first["on_track"]) == (None, "no data", None)
    assert (second["now"], second["state"]) == (1.0, "too early")
    texts = " ".join(note.text for note in answer.notes)
    assert "upload subscriptions" in texts
    assert "too short a history" in texts
    assert answer.headline.startswith("**2 shared goals**; none can be judged yet")


def test_the_chart_is_that_of_the_goal_that_needs_attention_or_is_chosen(small: Warehouse) -> None:
    listed = (goal("logo_retention", 0.5), goal("howto_share", 0.01, title="How-to"))
    (chart,) = answer_for(small, *listed).charts
    assert chart.title.startswith("How-to: ")
    (chart,) = answer_for(small, *listed, goal="G-1").charts
    assert chart.title.startswith("Logo retention at least")
    assert set(chart.rows["line"].to_pylist()) == {"Measured", "Expected"}
    assert chart.rows["day"].to_pylist()[-1] == day("2026-12-31")


def test_without_goals_it_says_what_to_do(small: Warehouse) -> None:
    answer = answer_for(small)
    assert (answer.headline, answer.rows.num_rows, answer.missing_tables) == ("No shared goals yet.", 0, ())
    assert METRICS.keys() >= SAME.keys()
