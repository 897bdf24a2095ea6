"""The roadmap of the demo company: what was shipped there, and what the simulation knows to be true of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from cs_dash import pipeline
from cs_dash.decisions import decided
from cs_dash.demo.improvements import IMPROVEMENTS
from cs_dash.metrics import open_warehouse
from cs_dash.questions.roadmap.askers import askers
from cs_dash.questions.roadmap.churn_after_asking import churn_after_asking
from cs_dash.questions.roadmap.impact import impact
from cs_dash.questions.roadmap.item import item
from cs_dash.questions.roadmap.opportunities import opportunities
from cs_dash.questions.roadmap.order import order
from cs_dash.questions.roadmap.other_topics import other_topics
from cs_dash.questions.roadmap.portfolio import portfolio
from cs_dash.questions.roadmap.releases import releases
from cs_dash.questions.roadmap.ship_rates import ship_rates
from cs_dash.scope import Scope
from cs_dash.store.warehouse import Warehouse
from cs_dash.store.workspace import Workspace
from tests.asking import EVERYTHING, ask
from tests.workspaces import rows as workspace_rows

NAMED = {
    "import-data": ["google sheet"], "export-report": ["monthly report", "shows only lines"],
    "roles-permissions": ["prices"], "notifications": ["reminder"],
}  # fmt: skip
"""Topic of the simulation -> words in the names of the topics that were found in its tickets."""
Row = dict[str, Any]


def topic_called(warehouse: Warehouse, text: str) -> str:
    (topic,) = {
        row["topic"]
        for row in warehouse("topics_shown", as_many=None).to_pylist()
        if text in row["label"].lower() and "slides" not in row["label"]
    }
    return str(topic)


@pytest.fixture(scope="module")
def warehouse(demo_workspace: Workspace, demo_warehouse: Warehouse) -> Iterator[Warehouse]:
    """The demo company with its four improvements on the roadmap, each shipped, and three items nobody decided."""
    decisions: dict[tuple[str, str], Any] = {}
    for number, improvement in enumerate(IMPROVEMENTS, 1):
        item_id = f"R-{number}"
        topics = [topic_called(demo_warehouse, text) for text in NAMED[improvement.topic]]
        decisions["roadmap item", item_id] = {"title": improvement.title, "fix": "usability", "topics": topics}
        decisions["item score", item_id] = {"impact": 2, "confidence": 0.8, "effort": 4}
        decisions["item shipped", item_id] = {"on": improvement.shipped.isoformat(), "accounts": None}
    both = [topic_called(demo_warehouse, text) for text in ("gantt", "night colours")]
    decisions["roadmap item", "R-5"] = {"title": "Board", "topics": both, "requests": ["Dark mode in the phone app"]}
    decisions["roadmap item", "R-6"] = {"title": "By hand"}
    decisions["roadmap item", "R-7"] = {"title": "Dark mode", "requests": ["Dark mode in the phone app"]}
    version = demo_workspace.current()
    assert version is not None
    artifacts = pipeline.derive_artifacts(demo_workspace, version)
    opened = open_warehouse(demo_workspace.file_of(version), decided(decisions=decisions), artifacts)
    yield opened
    opened.close()


def rows_of(warehouse: Warehouse, question: Any, scope: Scope = EVERYTHING, **options: str) -> list[Row]:
    rows: list[Row] = ask(warehouse, question, scope, **options).rows.to_pylist()
    return rows


def test_two_fell_one_did_not_change_and_one_is_too_early(warehouse: Warehouse) -> None:
    rows = {row["title"]: row for row in rows_of(warehouse, impact)}
    for improvement in IMPROVEMENTS:
        row = rows[improvement.title]
        expected = "too early" if not improvement.tellable else "fell" if improvement.effect else "no detectable change"
        assert row["verdict"] == expected, row
        if improvement.tellable:
            assert row["low"] <= improvement.effect <= row["high"]
        else:
            assert row["avoided"] is None


def test_what_shipped_is_counted_as_it_stands_in_the_tickets(warehouse: Warehouse) -> None:
    answer = ask(warehouse, impact)
    assert (answer.figure("shipped").value, answer.figure("helped").n) == (4, 3)
    assert answer.figure("helped").value == pytest.approx(2 / 3)
    first = answer.rows.to_pylist()[0]
    assert (first["title"], first["shipped_at"]) == (IMPROVEMENTS[3].title, IMPROVEMENTS[3].shipped)


def test_accounts_count_once_for_an_item_of_several_topics(warehouse: Warehouse) -> None:
    items = {row["item"]: row for row in rows_of(warehouse, opportunities)}
    topics = warehouse("roadmap_item_topics").to_pylist()
    mine = {row["topic"] for row in topics if row["item"] == "R-5"}
    assert len(mine) == 2
    tickets = [
        row
        for row in warehouse("topic_tickets", start_day=None, end_day=None, as_many=None).to_pylist()
        if row["topic"] in mine
    ]
    wishes = warehouse.query(
        "select account_id from feature_requests where title = 'Dark mode in the phone app'"
    ).to_pylist()
    behind = {row["account_id"] for row in tickets + wishes if row["account_id"]}
    mrr = {row["account_id"]: row["mrr"] for row in warehouse("mrr_on", on_day=warehouse.newest_day()).to_pylist()}
    row = items["R-5"]
    assert (row["tickets"], row["requests"], row["accounts"]) == (len(tickets), len(wishes), len(behind))
    assert row["mrr"] == pytest.approx(sum(mrr.get(account, 0) for account in behind))
    assert len(rows_of(warehouse, askers, item="R-5")) == len(behind)
    assert row["state"] == "open"


def test_without_effort_an_item_is_unscored_and_stands_last(warehouse: Warehouse) -> None:
    rows = rows_of(warehouse, opportunities)
    assert [row["item"] for row in rows if row["rice"] is None] == ["R-5", "R-7", "R-6"]
    assert rows[-1]["item"] == "R-6"
    for row in rows[:4]:
        assert row["rice"] == pytest.approx(row["reach"] * 2 * 0.8 / 4)
    answer = ask(warehouse, opportunities)
    assert answer.figure("unscored").value == answer.figure("without_owner").value == 3


def test_a_scope_holds_for_items_too(warehouse: Warehouse) -> None:
    whole = {row["item"]: row for row in rows_of(warehouse, opportunities)}
    part = rows_of(warehouse, opportunities, EVERYTHING.with_filter("segment", ["SMB"]))
    assert all(row["accounts"] < whole[row["item"]]["accounts"] for row in part if row["item"] != "R-6")


def test_one_item_has_the_evidence_of_the_list_and_the_accounts_behind_it(warehouse: Warehouse) -> None:
    (row,) = [row for row in rows_of(warehouse, opportunities) if row["item"] == "R-1"]
    answer = ask(warehouse, item, item="R-1")
    names = {"mrr_renewing": "mrr_renewing_180", "not_green": "at_risk"}
    for name in ("tickets", "accounts", "mrr", "mrr_renewing", "not_green", "churned_mrr", "early_share", "csat"):
        assert answer.figure(names.get(name, name)).value == row[name], name
    assert answer.figure("handling_cost").value is None  # nobody said what an hour costs
    accounts = answer.rows.to_pylist()
    assert answer.rows.num_rows == row["accounts"]
    churned = [account for account in accounts if account["churned_on"]]
    assert answer.figure("churned_accounts").value == len(churned) == row["churned_accounts"]
    assert answer.figure("to_tell").value == sum(account["mrr"] is not None for account in accounts)
    ratio = ask(warehouse, churn_after_asking, item="R-1").figure("churn_ratio")
    assert answer.figure("churn_ratio") == ratio
    assert ratio.low is not None
    assert ratio.high is not None
    assert ratio.low <= (ratio.value or 0) <= ratio.high


def test_what_else_they_ask_is_counted_as_it_stands_in_the_tickets(warehouse: Warehouse) -> None:
    """Accounts that wish for dark mode by a request ask for it in tickets, too."""
    rows = rows_of(warehouse, other_topics, item="R-7")
    day = warehouse.newest_day()
    assert day is not None
    tickets = [
        row
        for row in warehouse("topic_tickets", start_day=None, end_day=None, as_many=None).to_pylist()
        if row["topic"] and row["account_id"] and not row["ignored"] and (day - row["created_on"]).days < 365
    ]
    wishes = warehouse.query("select account_id from feature_requests where title = 'Dark mode in the phone app'")
    mine = set(wishes["account_id"].to_pylist())
    theirs = Counter(row["topic"] for row in tickets if row["account_id"] in mine)
    others = Counter(row["topic"] for row in tickets if row["account_id"] not in mine)
    assert {row["topic"]: row["tickets"] for row in rows} == dict(theirs)
    for row in rows:
        share, others_share = theirs[row["topic"]] / theirs.total(), others[row["topic"]] / others.total()
        assert row["lift"] == pytest.approx(share / others_share)
    assert max((row for row in rows if row["tickets"] >= 20), key=lambda row: row["lift"])["label"].startswith("Wish")


def test_the_order_of_items_that_were_not_shipped_says_how_stable_it_is(demo_workspace: Workspace) -> None:
    titles = [row["title"] for row in workspace_rows(demo_workspace, "select distinct title from feature_requests")]
    decisions: dict[tuple[str, str], Any] = {}
    for number, title in enumerate([*sorted(titles)[:6], min(titles)], 1):
        decisions["roadmap item", f"R-{number}"] = {"title": title, "requests": [title]}
        decisions["item score", f"R-{number}"] = {"impact": 1, "confidence": 1.0, "effort": 1000 if number == 7 else 1}
    decisions["roadmap item", "R-8"] = {"title": "By hand"}
    version = demo_workspace.current()
    assert version is not None
    opened = open_warehouse(demo_workspace.file_of(version), decided(decisions=decisions))
    answer = ask(opened, order)
    rows = answer.rows.to_pylist()
    opened.close()
    assert [row["rank"] for row in rows] == list(range(1, 8))
    assert [row["rice"] for row in rows] == sorted((row["rice"] for row in rows), reverse=True)
    assert sum(row["top_five"] for row in rows) == pytest.approx(5)
    assert (rows[-1]["item"], rows[-1]["top_five"], rows[-1]["rank_high"]) == ("R-7", 0, 7)
    assert answer.figure("stable").value == sum(row["top_five"] >= 0.8 for row in rows[:5])
    assert any("1 item has no score" in note.text for note in answer.notes)


def test_what_helped_stands_by_kind_of_fix_and_by_area(warehouse: Warehouse) -> None:
    answer = ask(warehouse, portfolio)
    helped = answer.figure("helped")
    assert helped.n == 3
    assert helped.value == pytest.approx(2 / 3)
    rows = {(row["by"], row["group"]): row for row in answer.rows.to_pylist()}
    assert [rows["kind of fix", "usability"][name] for name in ("shipped", "judged", "helped")] == [4, 3, 2]
    areas = {group: row for (by, group), row in rows.items() if by == "product area"}
    assert sum(row["shipped"] for row in areas.values()) == 4
    assert (areas["Data import"]["share"], areas["Setup"]["share"]) == (1.0, None)


def test_monthly_rates_of_a_shipped_item_add_up_to_its_tickets(warehouse: Warehouse) -> None:
    rows = rows_of(warehouse, ship_rates, item="R-1")
    mine = {row["topic"] for row in warehouse("roadmap_item_topics").to_pylist() if row["item"] == "R-1"}
    tickets = warehouse("topic_tickets", start_day=rows[0]["month"], end_day=None, as_many=None).to_pylist()
    written = [row for row in tickets if row["topic"] in mine and row["account_id"]]
    assert sum(row["tickets"] for row in rows) == len(written)
    for row in rows:
        assert row["rate"] == pytest.approx(row["tickets"] / (row["account_days"] / 30.4375) * 100)
    before = [row for row in rows if row["month"] < IMPROVEMENTS[0].shipped.replace(day=1)]
    weighted = sum(row["expected"] * row["account_days"] for row in before)
    assert weighted == pytest.approx(sum(row["rate"] * row["account_days"] for row in before))
    after = [row for row in rows if row["month"] > IMPROVEMENTS[0].shipped]
    assert all(row["rate"] < row["expected"] for row in after)
    (chart,) = ask(warehouse, ship_rates, item="R-1").charts
    assert "fell 48" in chart.title


def test_releases_of_the_data_propose_the_topics_that_the_simulation_changed(
    demo_workspace: Workspace, demo_warehouse: Warehouse
) -> None:
    answer = ask(demo_warehouse, releases)
    rows = {row["title"]: row for row in answer.rows.to_pylist()}
    assert answer.figure("pending").value == len(rows) == len(IMPROVEMENTS)
    decisions: dict[tuple[str, str], Any] = {}
    for number, improvement in enumerate(IMPROVEMENTS, 1):
        row = rows[improvement.title]
        assert row["released_on"] == improvement.shipped
        assert set(row["topics"]) == {topic_called(demo_warehouse, text) for text in NAMED[improvement.topic]}
        decisions["roadmap item", f"R-{number}"] = {"title": row["title"].upper(), "topics": row["topics"]}
    version = demo_workspace.current()
    assert version is not None
    artifacts = pipeline.derive_artifacts(demo_workspace, version)
    opened = open_warehouse(demo_workspace.file_of(version), decided(decisions=decisions), artifacts)
    again = ask(opened, releases)
    opened.close()
    assert {row["item"] for row in again.rows.to_pylist()} == {"R-1", "R-2", "R-3", "R-4"}
    assert (again.figure("pending").value, again.headline) == (0, "**4 releases** in the data, all on the roadmap.")


def test_an_item_without_topics_has_no_tickets_and_no_verdict(demo_workspace: Workspace) -> None:
    made = {
        ("roadmap item", "R-1"): {"title": "Cheaper plan", "reasons": ["Price"]},
        ("item shipped", "R-1"): {"on": "2026-02-16", "accounts": None},
    }
    version = demo_workspace.current()
    assert version is not None
    opened = open_warehouse(demo_workspace.file_of(version), decided(decisions=made))
    answer, rates = ask(opened, opportunities), ask(opened, ship_rates, item="R-1")
    (row,) = answer.rows.to_pylist()
    opened.close()
    assert (row["tickets"], row["verdict"]) == (None, "not measurable")
    assert row["accounts"]
    assert "1 item has shipped; there is no verdict yet." in answer.headline
    assert rates.headline.endswith("The item is made from no topic, so no tickets are compared.")
    assert not rates.charts
