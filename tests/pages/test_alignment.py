"""The Alignment page: goals are added, edited and removed, both teams answer, and the journey shows who is stuck."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from cs_dash.decisions import alignment_answers, goals
from cs_dash.decisions.choices.alignment_statements import STATEMENTS
from cs_dash.demo.alignment import DEMO_ANSWERS, DEMO_GOALS
from cs_dash.store.workspace import Workspace
from tests.pages.conftest import Open, field, press, words
from tests.pages.html_tables import html_tables


def test_the_goals_of_the_demo_stand_with_now_target_and_state(demo: Path, shown: Open) -> None:
    app = shown(demo, "alignment")
    (table,) = html_tables(app)
    assert table.heads[:5] == ["Goal", "Now", "Target", "Due", "State"]
    rows = {row["Goal"].removesuffix("›").strip(): row for row in table.rows}
    assert len(rows) == len(DEMO_GOALS)
    howto = rows["How-to share at most 33\u202f%"]
    assert (howto["Target"], howto["Accountable owner"], howto["Due"]) == ("33\u202f%", "Mara Okafor", "31 Dec 2026")
    assert {row["State"] for row in rows.values()} <= {"on track", "at risk", "behind", "reached"}
    assert "of 3 shared goals" in words(app)


def test_the_overview_has_the_same_numbers_in_one_line(demo: Path, shown: Open) -> None:
    page_text = words(shown(demo, "overview"))
    (table,) = html_tables(shown(demo, "alignment"))
    line = page_text[page_text.index("cs-goals") :]
    for row in table.rows:
        assert f"<b>{row['Now']}</b>" in line
        assert f">{row['State']}</span>" in line
    assert './alignment?goal=G-1"' in line


def test_without_goals_the_overview_says_nothing_of_them(one_account: Path, shown: Open) -> None:
    assert "cs-goals" not in words(shown(one_account, "overview"))


def test_the_first_goal_is_added_from_the_empty_page(no_dimensions: Path, tmp_path: Path, open_page: Open) -> None:
    folder = Path(shutil.copytree(no_dimensions, tmp_path / "plain"))
    app = open_page(folder, "alignment")
    assert "No shared goals yet." in words(app)
    assert "Cancel" not in [button.label for button in app.button]  # there is nothing to go back to
    field(app, "Metric", "selectbox").set_value("logo_retention").run()
    field(app, "Target, %").set_value("92,5")
    field(app, "Due", "date_input").set_value(dt.date(2026, 12, 31))
    field(app, "Accountable owner").set_value("Ann, Bob")
    field(app, "Team", "button_group").set_value("cs")
    press(app, "Add goal")
    assert "exactly one accountable owner" in words(app)
    assert goals.goals(Workspace(folder)) == ()
    field(app, "Accountable owner").set_value("Ann")
    field(app, "Your name").set_value("Bea")
    press(app, "Add goal")
    assert not app.exception
    (goal,) = goals.goals(Workspace(folder))
    assert (goal.metric, goal.target, goal.owner, goal.team) == ("logo_retention", 0.925, "Ann", "cs")
    assert goals.history(Workspace(folder), "G-1")[0].person == "Bea"
    page_text = words(app)
    assert "Goal added." in page_text
    assert [row["Goal"].removesuffix("›").strip() for row in html_tables(app)[0].rows] == [
        "Logo retention at least 92.5\u202f%"
    ]


@pytest.mark.parametrize(
    ("typed", "message"),
    [("", "it has no target"), ("lots", "set the target to “lots”"), ("3300", "a target of 33 for")],
)
def test_a_target_that_is_none_is_said_in_one_sentence(
    own_demo: Path, open_page: Open, typed: str, message: str
) -> None:
    app = open_page(own_demo, "alignment", edit="G-1")
    field(app, "Target, %").set_value(typed)
    press(app, "Save goal")
    assert message in words(app)
    assert goals.goal(Workspace(own_demo), "G-1").target == 0.33


def test_a_goal_of_a_segment_is_edited(own_demo: Path, open_page: Open) -> None:
    app = open_page(own_demo, "alignment", edit="G-2")
    assert field(app, "Target, %").value == "70 %"
    field(app, "Only these accounts", "multiselect").set_value([("segment", "SMB")])
    field(app, "Core features", "selectbox").set_value(2)
    press(app, "Save goal")
    goal = goals.goal(Workspace(own_demo), "G-2")
    assert (goal.where, goal.features, goal.target) == ((("segment", ("SMB",)),), 2, 0.7)
    assert "70\u202f% use 2 core features within 30 days (SMB)" in words(app)
    assert "edit" not in app.query_params


def test_two_who_edit_at_once_lose_nothing(own_demo: Path, open_page: Open) -> None:
    workspace = Workspace(own_demo)
    app = open_page(own_demo, "alignment", edit="G-1")
    goals.change(workspace, "G-1", replace(goals.goal(workspace, "G-1"), target=0.3), person="Bea")
    field(app, "Accountable owner").set_value("Ann")
    press(app, "Save goal")
    assert "Bea changed the target of G-1 since you opened it" in words(app)
    assert field(app, "Accountable owner").value == "Ann"
    assert goals.goal(workspace, "G-1").owner == "Mara Okafor"
    press(app, "Save goal")
    assert goals.goal(workspace, "G-1").owner == "Ann"


def test_a_goal_is_removed_by_a_second_click(own_demo: Path, open_page: Open) -> None:
    app = open_page(own_demo, "alignment", edit="G-3")
    assert "Goal added by Tidewell on" in words(app)
    press(app, "Remove goal")
    assert len(goals.goals(Workspace(own_demo))) == 3
    press(app, "Remove this goal")
    assert [goal.goal_id for goal in goals.goals(Workspace(own_demo))] == ["G-1", "G-2"]
    assert "Goal removed." in words(app)


def test_an_old_address_of_a_goal_is_one_sentence(demo: Path, open_page: Open) -> None:
    assert "Could not find the goal G-99" in words(open_page(demo, "alignment", edit="G-99"))


def test_the_chart_is_that_of_the_chosen_goal(demo: Path, open_page: Open) -> None:
    assert "Gross revenue retention at least 92\u202f%: 91.4\u202f% now" in words(
        open_page(demo, "alignment", goal="G-3")
    )
    app = open_page(demo, "alignment", goal="nonsense")
    assert not app.exception
    assert app.get("vega_lite_chart")


def test_the_self_assessment_shows_the_gap_and_the_next_steps(demo: Path, open_page: Open) -> None:
    app = open_page(demo, "alignment", tab="teams")
    page_text = words(app)
    assert "In 2026Q3 the teams work together at the stage" in page_text
    assert "Next steps" in page_text
    assert len(app.get("vega_lite_chart")) == 2
    subjects, quarters = html_tables(app)
    assert len(subjects.rows) == len(STATEMENTS)
    assert [row["Quarter"] for row in quarters.rows] == ["2026Q3", "2026Q2", "2026Q1", "2025Q4"]
    assert "28 % of companies have an adoption goal" in page_text
    assert "In 2026Q1 the teams" in words(open_page(demo, "alignment", tab="teams", quarter="2026Q1"))


def test_somebody_answers(own_demo: Path, open_page: Open) -> None:
    app = open_page(own_demo, "alignment", tab="teams", answer="yes")
    press(app, "Save answers")
    assert "Could not" in words(app)
    field(app, "Your name").set_value("Dee")
    field(app, "Your team", "button_group").set_value("product")
    field(app, STATEMENTS["rhythm"].title, "radio").set_value("optimised")
    field(app, "Quarter", "selectbox").set_value("2026Q3")
    press(app, "Save answers")
    assert not app.exception
    sheet = alignment_answers.sheets(Workspace(own_demo))[-1]
    assert (sheet.respondent, sheet.team, sheet.quarter, sheet.stages) == (
        "Dee", "product", "2026Q3", {"rhythm": "optimised"}
    )  # fmt: skip
    page_text = words(app)
    assert "Answers for 2026Q3 saved." in page_text
    assert f"{len(DEMO_ANSWERS) - 8 + 1} people" in page_text


def test_the_journey_lists_steps_and_stuck_accounts(demo: Path, open_page: Open) -> None:
    app = open_page(demo, "alignment", tab="journey")
    steps, stuck = html_tables(app)
    assert [row["Step"] for row in steps.rows] == [
        "signed → kick-off", "kick-off → first login", "first login → first value", "first value → adopted",
        "adopted → first renewal", "first renewal → expansion",
    ]  # fmt: skip
    assert stuck.rows
    assert "From signing it takes" in words(app)


def test_without_milestones_the_journey_says_what_to_load(
    one_account: Path, no_dimensions: Path, open_page: Open
) -> None:
    for folder in (one_account, no_dimensions):
        page_text = words(open_page(folder, "alignment", tab="journey"))
        assert "No journey yet" in page_text
        assert "milestone, account" in page_text


def test_a_programme_is_added_from_the_empty_tab_and_removed(own_demo: Path, open_page: Open) -> None:
    app = open_page(own_demo, "alignment", tab="programmes")
    assert "No beta or pilot programmes yet." in words(app)
    assert "Cancel" not in [button.label for button in app.button]  # there is nothing to go back to
    field(app, "Feature or offer on trial").set_value("<b>New</b> planner")
    field(app, "Since", "date_input").set_value(dt.date(2026, 3, 2))
    field(app, "Accounts", "text_area").set_value("ACC-1003\nACC-9999")
    press(app, "Add programme")
    assert "Could not find the account ACC-9999" in words(app)
    field(app, "Accounts", "text_area").set_value("ACC-1003, ACC-1015")
    press(app, "Add programme")
    assert not app.exception
    listed, accounts = html_tables(app)
    assert listed.rows[0]["Accounts"] == "2"
    assert len(accounts.rows) == 2
    page_text = words(app)
    assert "Programme added." in page_text
    assert "<b>New</b> planner" not in page_text
    press(app, "Remove this programme")
    assert "Programme removed." in words(app)
