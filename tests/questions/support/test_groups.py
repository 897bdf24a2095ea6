"""The how-to share by group against an independent count, and by tenure against counting day by day."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pandas as pd
import pytest

from cs_dash.charts import IntervalChart, RankedChart
from cs_dash.errors import UnknownOption
from cs_dash.questions.support.groups import LESS, MORE, howto_by_group
from cs_dash.questions.support.tenure import tenure
from cs_dash.scope import Scope
from cs_dash.stats.intervals import wilson
from cs_dash.stats.proportions import two_proportions
from cs_dash.stats.rates import poisson_mean_interval
from cs_dash.store.warehouse import Warehouse
from tests.asking import ask
from tests.companies import company, day

START = dt.date(2025, 1, 1)
PERIOD: dict[str, Any] = {"start_day": day("2025-06-01"), "end_day": day("2026-01-01"), "wanted": "{}"}
KINDS = ("how-to", "defect", "billing", None, "not a ticket")
BANDS = (0, 30, 90, 180, 365, 10**6)
NAMES = ("first 30 days", "days 31-90", "days 91-180", "days 181-365", "later")


@pytest.fixture(scope="module")
def rows() -> dict[str, list[dict[str, Any]]]:
    """40 accounts, some of which stop paying and come back, and 1,500 tickets of five kinds in three languages."""
    chance = random.Random(7)
    accounts, lines = [], []
    for at in range(40):
        first = START + dt.timedelta(days=chance.randrange(-200, 330))
        accounts.append({"account_id": f"a{at}", "segment": chance.choice(["SMB", "Big"]), "signup_date": first})
        if at % 5:
            ends = first + dt.timedelta(days=chance.randrange(20, 300)) if at % 2 else None
            lines.append({"account_id": f"a{at}", "mrr": 10.0, "start_date": first, "end_date": ends})
            if ends and at % 4 == 1:
                again = ends + dt.timedelta(days=40)
                lines.append({"account_id": f"a{at}", "mrr": 5.0, "start_date": again, "end_date": None})
    tickets = [
        {
            "ticket_id": f"t{at}", "account_id": chance.choice([*(f"a{n}" for n in range(40)), None]),
            "created_at": dt.datetime(2025, 1, 1) + dt.timedelta(minutes=chance.randrange(380 * 24 * 60)),
            "kind": (kind := chance.choice(KINDS)), "kind_source": "column" if kind else None,
            "language_code": chance.choice(["en", "ru", "unknown"]),
            "product_area": chance.choice(["Reports", "users", None]),
            "subject": chance.choice(["My Dashboards are slow", "Help", None]),
        }
        for at in range(1500)
    ]  # fmt: skip
    usage = [
        {"account_id": "a0", "used_on": START, "feature": feature, "events": 1.0}
        for feature in ("Reports", "Dashboards", "Api")
    ]
    return {"accounts": accounts, "subscriptions": lines, "tickets": tickets, "usage": usage}


@pytest.fixture(scope="module")
def warehouse(rows: dict[str, list[dict[str, Any]]]) -> Warehouse:
    return company(**rows)


@pytest.fixture(scope="module")
def ticket_frame(rows: dict[str, list[dict[str, Any]]]) -> pd.DataFrame:
    """The tickets of the period with segment, tenure and other fields of their accounts."""
    frame = pd.DataFrame(rows["tickets"])
    frame = frame[(frame["kind"] != "not a ticket") & (frame["created_at"] >= "2025-06-01")]
    frame = frame[frame["created_at"] < "2026-01-01"].copy()
    lines = pd.DataFrame(rows["subscriptions"]).groupby("account_id")["start_date"].min()
    accounts = pd.DataFrame(rows["accounts"]).set_index("account_id")
    starts = lines.combine_first(accounts["signup_date"])
    frame["days"] = [
        (at.date() - starts[account]).days if isinstance(account, str) else None
        for at, account in zip(frame["created_at"], frame["account_id"], strict=True)
    ]
    frame["area"] = frame["product_area"].fillna("(no area)")
    feature_in_subject = (
        frame["subject"].fillna("").str.lower().str.contains("dashboards").map({True: "Dashboards", False: None})
    )
    frame["feature"] = (
        frame["product_area"].map({"Reports": "Reports"}).fillna(feature_in_subject).fillna("(names none)")
    )
    frame["segment"] = frame["account_id"].map(accounts["segment"]).fillna("(no account)")
    return frame


@pytest.mark.parametrize("field", ["segment", "area", "feature", "language_code"])
def test_groups_are_those_of_an_independent_count(warehouse: Warehouse, ticket_frame: pd.DataFrame, field: str) -> None:
    rows = warehouse(
        "howto_by", by_field=field.removesuffix("_code"), start_days=[PERIOD["start_day"]],
        end_days=[PERIOD["end_day"]], wanted="{}",
    ).to_pylist()  # fmt: skip
    counts = {row["group_name"]: (row["tickets"], row["with_kind"], row["howto"]) for row in rows}
    grouped = ticket_frame.groupby(field)["kind"]
    assert counts == {
        name: (len(kinds), int(kinds.notna().sum()), int((kinds == "how-to").sum())) for name, kinds in grouped
    }


def test_tenure_is_that_of_counting_day_by_day(
    warehouse: Warehouse, rows: dict[str, list[dict[str, Any]]], ticket_frame: pd.DataFrame
) -> None:
    first_ticket = min(ticket["created_at"] for ticket in rows["tickets"]).date()
    days = dict.fromkeys(NAMES, 0)
    starts: dict[str, dt.date] = {}
    for line in rows["subscriptions"]:
        starts[line["account_id"]] = min(line["start_date"], starts.get(line["account_id"], line["start_date"]))
    at = max(first_ticket, PERIOD["start_day"])
    while at < PERIOD["end_day"]:
        paying = {
            line["account_id"]
            for line in rows["subscriptions"]
            if line["start_date"] <= at and (line["end_date"] is None or line["end_date"] > at)
        }
        for account in paying:
            since = (at - starts[account]).days
            days[next(name for name, end in zip(NAMES, BANDS[1:], strict=True) if since < end)] += 1
        at += dt.timedelta(days=1)
    bands = {row["group_name"]: row for row in warehouse("howto_tenure", **PERIOD).to_pylist()}
    asks = ticket_frame[ticket_frame["kind"] == "how-to"]
    for at_, name in enumerate(NAMES):
        inside = asks[(asks["days"] >= BANDS[at_]) & (asks["days"] < BANDS[at_ + 1])]
        assert bands[name]["howto"] == len(inside)
        assert (bands[name]["exposure"] or 0) == pytest.approx(days[name] / 30.4375)
    assert bands["before the start"]["howto"] == int((asks["days"] < 0).sum())
    assert bands[None]["howto"] == int(asks["account_id"].isna().sum())


def tickets_of(n: int, kind: str, account: str, **more: Any) -> list[dict[str, Any]]:
    first = dt.datetime(2026, 1, 1)
    return [
        {"ticket_id": f"{kind}-{account}-{at}", "account_id": account, "kind": kind, "kind_source": "column",
         "created_at": first + dt.timedelta(days=at % 28), **more}
        for at in range(n)
    ]  # fmt: skip


def test_a_group_differs_only_beyond_the_chance_of_all_comparisons() -> None:
    groups = {f"s{at}": (20, 80) for at in range(9)} | {"high": (45, 55), "odd": (33, 67), "tiny": (9, 1)}
    warehouse = company(
        accounts=[{"account_id": name, "segment": name} for name in groups],
        tickets=[
            ticket
            for name, (howto, defects) in groups.items()
            for ticket in (*tickets_of(howto, "how-to", name), *tickets_of(defects, "defect", name))
        ],
    )
    answer = ask(warehouse, howto_by_group, field="segment")
    rows = {row["group"]: row for row in answer.rows.to_pylist()}
    assert rows["high"]["verdict"] == MORE
    p_value = two_proportions(33, 100, 234, 1010)
    assert p_value is not None
    assert p_value < 0.05
    assert rows["odd"]["verdict"] == "could be chance"  # p = 0.03 alone, one of eleven
    assert rows["tiny"]["verdict"] == "few tickets"
    assert (rows["high"]["low"], rows["high"]["high"]) == wilson(45, 100)
    assert answer.chart("howto_by").title.startswith("high has the highest how-to share: 45")
    chart = answer.chart("howto_by")
    assert isinstance(chart, IntervalChart)
    assert chart.color == "base"  # few tickets are drawn grey
    assert LESS not in {row["verdict"] for row in rows.values()}
    warehouse.close()


def test_without_kinds_groups_are_held_against_the_time_they_pay() -> None:
    warehouse = company(
        accounts=[{"account_id": name, "segment": name.upper()} for name in "abc"],
        subscriptions=[
            {"account_id": name, "mrr": 1.0, "start_date": day("2025-01-01"), "end_date": end}
            for name, end in (("a", None), ("b", None), ("c", day("2025-02-01")))
        ],
        tickets=[
            {"ticket_id": f"{name}{at}", "account_id": name, "created_at": dt.datetime(2026, 1, 1 + at % 31)}
            for name, n in (("a", 90), ("b", 20))
            for at in range(n)
        ],
    )
    answer = ask(warehouse, howto_by_group, field="segment")
    rows = {row["group"]: row for row in answer.rows.to_pylist()}
    assert rows["A"]["contact_rate"] == pytest.approx(100 * 90 / (31 / 30.4375))
    low, high = poisson_mean_interval(20)
    assert (rows["B"]["rate_low"], rows["B"]["rate_high"]) == pytest.approx(
        (100 * low / (31 / 30.4375), 100 * high / (31 / 30.4375))
    )
    assert set(rows) == {"A", "B"}
    assert answer.chart("howto_by").title == "A has the highest contact rate"
    assert "is highest for A: **8,836" in answer.headline
    warehouse.close()


def test_guessed_kinds_widen_the_intervals_and_are_said_to_be_unaudited() -> None:
    guessed = {"kind_source": "model", "howto_score": 0.5}
    warehouse = company(
        accounts=[{"account_id": name, "segment": name} for name in "ab"],
        tickets=[
            *tickets_of(60, "how-to", "a", **guessed), *tickets_of(40, "defect", "a", **guessed),
            *tickets_of(50, "how-to", "b"), *tickets_of(50, "defect", "b"),
        ],
    )  # fmt: skip
    answer = ask(warehouse, howto_by_group, field="segment")
    rows = {row["group"]: row for row in answer.rows.to_pylist()}
    plain = wilson(60, 100) or (0.0, 1.0)
    assert (rows["a"]["low"], rows["a"]["high"]) == pytest.approx((plain[0] - 0.15, plain[1] + 0.15))
    assert (rows["b"]["low"], rows["b"]["high"]) == wilson(50, 100)
    assert "unaudited: may be off by 8 points" in answer.chart("howto_by").subtitle
    assert any("differences in model accuracy" in note.text for note in answer.notes)
    warehouse.close()


def test_kinds_that_only_word_lists_suggest_are_not_compared() -> None:
    suggested = {"kind_source": "lexicon"}
    warehouse = company(
        accounts=[{"account_id": name, "segment": name} for name in "ab"],
        tickets=[*tickets_of(90, "how-to", "a", **suggested), *tickets_of(90, "defect", "b", **suggested)],
    )
    answer = ask(warehouse, howto_by_group, field="segment")
    assert answer.rows["verdict"].to_pylist() == ["not known", "not known"]
    assert answer.rows["low"].null_count == 2
    assert "uncalibrated" in answer.chart("howto_by").subtitle
    warehouse.close()


def test_fields_are_those_that_the_tickets_tell(warehouse: Warehouse) -> None:
    assert warehouse("ticket_fields")["field"].to_pylist() == ["tenure", "area", "feature", "language"]
    bare = company(tickets=[{"ticket_id": "1", "created_at": dt.datetime(2026, 1, 1), "kind": "how-to"}])
    assert bare("ticket_fields").num_rows == 0
    with pytest.raises(UnknownOption):
        ask(bare, howto_by_group, field="segment")
    assert ask(bare, howto_by_group, field="language").rows["verdict"].to_pylist() == ["no others"]
    bare.close()


def test_languages_are_named(warehouse: Warehouse) -> None:
    assert set(ask(warehouse, howto_by_group, field="language").rows["group"].to_pylist()) == {
        "English",
        "Russian",
        "unknown",
    }


def test_the_first_90_days_are_held_against_the_time_they_make() -> None:
    warehouse = company(
        accounts=[{"account_id": "a"}],
        subscriptions=[{"account_id": "a", "mrr": 10.0, "start_date": day("2025-01-01")}],
        tickets=[
            *({"ticket_id": f"e{at}", "account_id": "a", "kind": "how-to", "kind_source": "column",
               "created_at": dt.datetime(2025, 1, 1) + dt.timedelta(days=at)} for at in range(90)),
            *({"ticket_id": f"l{at}", "account_id": "a", "kind": "how-to", "kind_source": "column",
               "created_at": dt.datetime(2025, 4, 1) + dt.timedelta(days=4 * at)} for at in range(60)),
        ],
        notes=[{"account_id": "a", "noted_on": day("2025-12-31")}],
    )  # fmt: skip
    answer = ask(warehouse, tenure, Scope(period="12m"))
    assert answer.figure("early_share").value == 0.6
    assert answer.figure("early_ratio").value == pytest.approx((90 / 90) / (60 / 275))
    assert "**60\u202f%** of 150 how-to tickets come from accounts in their first 90 days" in answer.headline
    assert "**4.6 times** the later rate" in answer.headline
    assert answer.chart("howto_tenure").rows["group"].to_pylist() == list(NAMES[:4])
    warehouse.close()


def test_tenure_without_subscriptions_has_parts_and_no_rate() -> None:
    warehouse = company(
        accounts=[{"account_id": "a", "signup_date": day("2026-01-01")}], tickets=tickets_of(30, "how-to", "a")
    )
    answer = ask(warehouse, tenure)
    assert answer.figure("early_ratio").value is None
    assert isinstance(answer.chart("howto_tenure"), RankedChart)
    assert any(note.table == "subscriptions" for note in answer.notes)
    warehouse.close()
