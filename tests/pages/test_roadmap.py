"""The roadmap page: items are added from evidence, decided, scored and shipped, and no entry is lost."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from cs_dash.decisions import roadmap
from cs_dash.demo.roadmap import DEMO_ITEMS
from cs_dash.pipeline import acting_as
from cs_dash.store.workspace import Workspace
from tests.pages.conftest import Open, field, press, words
from tests.pages.html_tables import html_tables

CHECKLIST = "t-5a9c2af5"
"""A topic of the demo company that no item stands for."""


def test_items_stand_with_evidence_decision_and_verdict(demo: Path, shown: Open) -> None:
    app = shown(demo, "roadmap")
    table, goals = html_tables(app)
    assert len(goals.rows) == 3
    rows = {row["Item"].removesuffix("›").strip(): row for row in table.rows}
    assert set(rows) == {item.title for item in DEMO_ITEMS}
    shipped = rows["Guided spreadsheet import with column preview"]
    assert (shipped["Decision"], shipped["Accountable owner"]) == ("shipped", "Mara Okafor")
    assert shipped["Did it help?"].startswith("fell 48")
    assert rows["Quieter notification defaults"]["Did it help?"] == "too early"
    assert rows["Role overview page"]["Did it help?"].startswith("no detectable change")
    assert rows["Stock and parts in vans"]["RICE"] == "n/a"
    assert "<b>2 items</b> have no accountable owner" in words(app)


def test_a_topic_becomes_an_item_in_two_clicks(own_demo: Path, open_page: Open) -> None:
    topics = open_page(own_demo, "topics", topic=CHECKLIST)
    assert f"./roadmap?new=yes&amp;topic={CHECKLIST}" in words(topics)
    assert f"topic={CHECKLIST}&amp;behind=accounts" in words(topics)
    accounts = words(open_page(own_demo, "topics", topic=CHECKLIST, behind="accounts"))
    assert "Tickets on this topic" in accounts
    app = open_page(own_demo, "roadmap", new="yes", topic=CHECKLIST, fix="usability")
    press(app, "Add item")
    assert not app.exception
    added = roadmap.items(Workspace(own_demo))[-1]
    assert (added.evidence["topics"], added.fix) == ((CHECKLIST,), "usability")
    assert app.query_params["item"] == added.item_id
    assert f"<h1>{added.title}</h1>" in words(app)
    again = words(open_page(own_demo, "topics", topic=CHECKLIST))
    assert f"On the roadmap: {added.title}" in again
    assert "Add to roadmap" not in again


def test_a_decision_needs_one_owner_and_is_kept(own_demo: Path, open_page: Open) -> None:
    app = open_page(own_demo, "roadmap", item="R-8")
    field(app, "Accountable owner").set_value("Ann, Bob")
    field(app, "Decision", "button_group").set_value("accepted")
    press(app, "Save decision")
    assert "exactly one accountable owner" in words(app)
    assert "decision" not in roadmap.item(Workspace(own_demo), "R-8").parts
    field(app, "Accountable owner").set_value("Ann")
    field(app, "Team", "button_group").set_value("cs")
    field(app, "Target: change of its tickets").set_value("-25 %")
    field(app, "Due", "date_input").set_value(dt.date(2026, 12, 1))
    press(app, "Save decision")
    decision = roadmap.item(Workspace(own_demo), "R-8").parts["decision"]
    kept = {name: decision[name] for name in ("owner", "team", "target", "due")}
    assert kept == {"owner": "Ann", "team": "cs", "target": -0.25, "due": "2026-12-01"}
    assert "Decision saved." in words(app)
    assert "Accepted; Ann (Customer success) accountable, target −25\u202f% tickets, due 1 Dec 2026" in words(app)


def test_two_who_edit_at_once_lose_nothing(own_demo: Path, open_page: Open) -> None:
    workspace = Workspace(own_demo)
    app = open_page(own_demo, "roadmap", item="R-5")
    roadmap.score(workspace, "R-5", effort=9, person="Bea")
    field(app, "Reason").set_value("Ours")
    press(app, "Save decision")
    page_text = words(app)
    assert "Bea changed the score of R-5 since you opened it" in page_text
    assert "Scored: impact 2, confidence 80\u202f%, effort 9 person-months" in page_text
    assert field(app, "Reason").value == "Ours"
    assert roadmap.item(workspace, "R-5").parts["decision"]["reason"] != "Ours"
    press(app, "Save decision")
    item = roadmap.item(workspace, "R-5")
    assert (item.parts["decision"]["reason"], item.parts["score"]["effort"]) == ("Ours", 9)
    assert "Changed meanwhile" not in words(app)


def test_who_takes_over_a_change_sees_it_in_the_form(own_demo: Path, open_page: Open) -> None:
    app = open_page(own_demo, "roadmap", item="R-5")
    roadmap.score(Workspace(own_demo), "R-5", effort=9, person="Bea")
    app.run()
    press(app, "Discard my entries and show theirs")
    assert field(app, "Effort, person-months").value == "9"


def test_a_shipped_item_is_told_and_taken_off(own_demo: Path, open_page: Open) -> None:
    app = open_page(own_demo, "roadmap", item="R-8")
    field(app, "Shipped on", "date_input").set_value(dt.date(2026, 5, 4))
    field(app, "Only to these accounts", "text_area").set_value("ACC-1001\nACC-1002, 2026-06-01")
    press(app, "Save shipping")
    shipped = roadmap.item(Workspace(own_demo), "R-8").parts["shipped"]
    assert shipped["accounts"] == {"ACC-1001": "2026-05-04", "ACC-1002": "2026-06-01"}
    page_text = words(app)
    assert "Shipping saved." in page_text
    assert "Tell the accounts that asked" in page_text
    next(button for button in app.button if button.label == "All told").click().run()
    assert not app.exception
    press(app, "Remove from roadmap")
    assert "R-8" not in {item.item_id for item in roadmap.items(Workspace(own_demo))}
    assert "is not on the roadmap" in words(app)


def test_a_score_that_cannot_be_read_is_named(own_demo: Path, open_page: Open) -> None:
    app = open_page(own_demo, "roadmap", item="R-9")
    field(app, "Effort, person-months").set_value("much")
    press(app, "Save score")
    assert "Could not set the effort to “much”" in words(app)


@pytest.mark.parametrize("shown", ["scores", "order", "impact", "decisions", "handover"])
def test_a_part_of_an_empty_roadmap_says_nothing_of_items(shown: str, no_dimensions: Path, open_page: Open) -> None:
    page_text = words(open_page(no_dimensions, "roadmap", show=shown))
    assert "or add an item here" in page_text
    assert not any(text in page_text for text in ("have shipped", "is pending", "Data needed"))


def test_an_item_without_evidence_promises_no_message(own_demo: Path, open_page: Open) -> None:
    with acting_as("Ana"):
        added = roadmap.add(Workspace(own_demo), "By hand")
    page_text = words(open_page(own_demo, "roadmap", item=added))
    assert "No tickets, requests or churn events in the period." in page_text
    assert "Who must be told?" not in page_text


def test_an_empty_roadmap_says_where_items_come_from(no_dimensions: Path, open_page: Open) -> None:
    page_text = words(open_page(no_dimensions, "roadmap"))
    assert "The roadmap has no items yet." in page_text
    assert "Add an item from a topic, a content gap, a churn reason or a request, or by hand." in page_text
    assert "Start with: <a href=" in page_text
    assert ">Churn reasons</a>" in page_text


def test_evidence_from_a_churn_reason_and_a_request(demo: Path, open_page: Open) -> None:
    app = open_page(demo, "roadmap", new="yes", reason=["Price", "Budget cut"])
    assert "Made from Price; Budget cut" in words(app)
    page_text = words(open_page(demo, "churn", level="raw", mark="reasons:Price"))
    assert "./roadmap?new=yes&amp;reason=Unknown" in page_text
    assert "./roadmap?new=yes&amp;reason=Price" in page_text


def test_a_review_says_whether_a_decision_was_kept(own_demo: Path, open_page: Open) -> None:
    app = open_page(own_demo, "roadmap", item="R-2")
    field(app, "Outcome", "button_group").set_value("missed")
    field(app, "Note").set_value("Two weeks late")
    press(app, "Save review")
    assert "Reviewed: missed: Two weeks late" in words(app)
    log = html_tables(open_page(own_demo, "roadmap", show="decisions"))[0]
    rows = {row["Item"].removesuffix("›").strip(): row for row in log.rows}
    assert rows["One-click report export and scheduled mails"]["Kept"] == "no"


def test_an_item_is_made_from_more_topics_later(own_demo: Path, open_page: Open) -> None:
    app = open_page(own_demo, "roadmap", item="R-8")
    before = roadmap.item(Workspace(own_demo), "R-8").evidence["topics"]
    field(app, "Topics", "multiselect").set_value([*before, CHECKLIST])
    press(app, "Save")
    assert roadmap.item(Workspace(own_demo), "R-8").evidence["topics"] == (*before, CHECKLIST)


def test_a_part_of_the_page_begins_with_its_own_finding(demo: Path, open_page: Open) -> None:
    assert "ranks first in <b>68" in words(open_page(demo, "roadmap", show="order"))
    impact = open_page(demo, "roadmap", show="impact")
    assert "most of all for “Guided spreadsheet import" in words(impact)
    items, groups, _ = html_tables(impact)
    assert len(items.rows) == 4
    assert groups.rows[0]["Group"] == "usability"


def test_an_item_shows_how_its_score_is_made_and_csat_with_its_scale(demo: Path, open_page: Open) -> None:
    page_text = words(open_page(demo, "roadmap", item="R-6"))
    assert "Reach 37 accounts in the last 90 days × impact 1 × confidence 80\u202f% / 0.5 person-months" in page_text
    assert "RICE <b>59</b>" in page_text
    assert ">of 5<" in page_text
    assert "All accounts that ever asked" in page_text


@pytest.mark.parametrize("shown", ["scores", "order", "impact", "decisions", "events", "handover", "nothing like it"])
def test_each_part_of_the_page_is_in_the_address(shown: str, demo: Path, open_page: Open) -> None:
    app = open_page(demo, "roadmap", show=shown)
    assert not app.exception
    expected = {
        "scores": "Save scores", "order": "How stable is this order?", "impact": "Did it help?",
        "decisions": "Decision log", "events": "Events on charts", "handover": "Hand over",
    }  # fmt: skip
    assert expected.get(shown, "Items by RICE") in words(app) + str([button.label for button in app.button])
