"""The self-assessment and how the quarter looks in the data."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cs_dash.answer import Answer
from cs_dash.decisions import alignment_answers, current_decisions, decided
from cs_dash.decisions.alignment_answers import AnswerSheet
from cs_dash.decisions.choices.alignment_statements import STAGES, STATEMENTS
from cs_dash.errors import BadInput, UnknownOption
from cs_dash.questions.alignment.assessment import assessment, next_step, stage_of
from cs_dash.questions.alignment.behaviour import behaviour
from cs_dash.questions.alignment.references import REFERENCES
from cs_dash.scope import Scope
from cs_dash.store.workspace import Workspace
from tests.asking import ask
from tests.companies import ReusedReader, company, day

SCOPE = Scope(as_of=day("2026-09-30"))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


def sheet(team: str, respondent: str, quarter: str = "2026Q3", **stages: str) -> AnswerSheet:
    return AnswerSheet(quarter, team, respondent, stages or {"rhythm": "informed"})


def asked(workspace: Workspace, **options: str) -> Answer:
    warehouse = company(accounts=[{"account_id": "a", "signup_date": day("2026-01-01")}])
    with closing(ReusedReader(warehouse.file, current_decisions(workspace))) as opened:
        return ask(opened, assessment, SCOPE, **options)


def test_levels_are_means_of_people_and_both_teams_weigh_the_same(workspace: Workspace) -> None:
    """Product 1 and 3, so 2; customer success 4 by one person: 3 of all, not 8/3."""
    alignment_answers.answer(
        workspace,
        [
            sheet("product", "Ann", rhythm="reactive"),
            sheet("product", "Bo", rhythm="aligned"),
            sheet("cs", "Cy", rhythm="optimised"),
        ],
    )
    answer = asked(workspace)
    (row,) = answer.rows.to_pylist()
    assert (row["product"], row["cs"], row["gap"], row["level"], row["people"]) == (2, 4, 2, 3, 3)
    assert (row["stage"], row["next_step"]) == ("aligned", STATEMENTS["rhythm"].traits[3])
    assert [answer.figure(name).value for name in ("level", "product", "cs", "gap", "people")] == [3, 2, 4, 2, 3]
    assert "at the stage **aligned** (**3.0** of 4, 3 people)" in answer.headline
    assert "differ most on “How often the roadmap is discussed together”" in answer.headline


def test_the_weakest_subject_comes_first_with_its_next_step(workspace: Workspace) -> None:
    stages = dict.fromkeys(STATEMENTS, "aligned") | {"closed_loop": "reactive", "data": "optimised"}
    alignment_answers.answer(workspace, [sheet(team, "Ann", **stages) for team in ("product", "cs")])
    rows = asked(workspace).rows.to_pylist()
    assert (rows[0]["statement"], rows[0]["next_step"]) == ("closed_loop", STATEMENTS["closed_loop"].traits[1])
    assert (rows[-1]["statement"], rows[-1]["next_step"]) == ("data", None)
    assert len(rows) == len(STATEMENTS)


def test_the_newest_quarter_is_shown_and_charted_against_the_earlier_ones(workspace: Workspace) -> None:
    for quarter, stage in (("2026Q1", "reactive"), ("2026Q2", "informed"), ("2026Q3", "aligned")):
        alignment_answers.answer(workspace, [sheet(team, "Ann", quarter, rhythm=stage) for team in ("product", "cs")])
    answer = asked(workspace)
    assert answer.figure("level").value == 3
    assert (answer.figure("level").previous, answer.figure("level").previous_label) == (2, "2026Q2")
    assert answer.chart("alignment_quarters").title == "Alignment rose to 3.0 of 4 since 2026Q1"
    assert set(answer.chart("alignment_quarters").rows["quarter"].to_pylist()) == {
        dt.date(2026, 1, 1), dt.date(2026, 4, 1), dt.date(2026, 7, 1)
    }  # fmt: skip
    assert asked(workspace, quarter="2026Q1").figure("level").value == 1
    with pytest.raises(UnknownOption, match="Nobody answered for 2020Q1"):
        asked(workspace, quarter="2020Q1")


def test_one_team_alone_has_no_gap_and_that_is_said(workspace: Workspace) -> None:
    alignment_answers.answer(workspace, [sheet("cs", "Cy")])
    answer = asked(workspace)
    assert answer.figure("gap").value is None
    assert answer.rows["gap"].to_pylist() == [None]
    assert any("product has not" in note.text for note in answer.notes)


def test_a_later_sheet_replaces_the_earlier_one_and_can_be_taken_back(workspace: Workspace) -> None:
    alignment_answers.answer(workspace, [sheet("cs", "Cy", rhythm="reactive")], person="cy")
    assert alignment_answers.answer(workspace, [sheet("cs", " Cy ", rhythm="aligned")], person="cy") == 1
    assert alignment_answers.answer(workspace, [sheet("cs", "Cy", rhythm="aligned")]) == 0
    assert [one.stages for one in alignment_answers.sheets(workspace)] == [{"rhythm": "aligned"}]
    alignment_answers.remove(workspace, "2026Q3", "cs", "Cy")
    assert alignment_answers.sheets(workspace) == ()
    answer = asked(workspace)
    assert (answer.headline, answer.rows.num_rows) == ("No self-assessment yet.", 0)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (sheet("sales", "Ann"), "the team sales"),
        (sheet("cs", " "), "have no name"),
        (sheet("cs", "Ann", "Q3 2026"), "use Q3 2026 as a quarter"),
        (sheet("cs", "Ann", rythm="aligned"), "answer rythm"),
        (sheet("cs", "Ann", rhythm="alligned"), "rhythm with alligned"),
        (AnswerSheet("2026Q3", "cs", "Ann", {}), "nothing was answered"),
    ],
)
def test_what_is_no_sheet_is_refused_and_nothing_is_kept(
    workspace: Workspace, given: AnswerSheet, message: str
) -> None:
    with pytest.raises(BadInput, match=message):
        alignment_answers.answer(workspace, [sheet("cs", "Bo"), given])
    assert alignment_answers.sheets(workspace) == ()


def test_a_stage_holds_once_it_is_reached() -> None:
    assert [stage_of(level) for level in (1, 1.99, 2, 2.7, 3.999, 4)] == [
        "reactive", "reactive", "informed", "informed", "aligned", "optimised"
    ]  # fmt: skip
    assert next_step("rhythm", 2.7) == STATEMENTS["rhythm"].traits[2]
    assert all(len(set(statement.traits)) == len(STAGES) for statement in STATEMENTS.values())


def test_reference_figures_name_their_source(workspace: Workspace) -> None:
    texts = [note.text for note in asked(workspace).notes]
    assert all(any(text in note for note in texts) for text in REFERENCES)
    assert any("28 %" in text and "33 %" in text and "TSIA" in text and "Aterra" in text for text in texts)
    assert any("third" in text and "2017" in text and "Niutoushe" in text for text in texts)
    assert any("80 %" in text for text in texts)


def item(number: int, **parts: Any) -> dict[tuple[str, str], Any]:
    """Return the decisions of an item: its title, and parts such as decision and shipped."""
    kinds = {"decision": "item decision", "shipped": "item shipped"}
    title = {("roadmap item", f"R-{number}"): {"title": f"Item {number}", "requests": ["Export"]}}
    return title | {(kinds[name], f"R-{number}"): value for name, value in parts.items()}


def verdict(on: str, due: str | None, decision: str = "accepted") -> dict[str, Any]:
    return {"decision": decision, "owner": "Ana", "team": "cs", "reason": "", "target": None, "due": due, "on": on}


def test_the_quarter_by_hand() -> None:
    decisions = (
        item(1, decision=verdict("2026-05-01", "2026-07-31"), shipped={"on": "2026-07-15", "accounts": None})
        | item(2, decision=verdict("2026-05-02", "2026-08-31"))  # due and not shipped
        | item(3, decision=verdict("2026-08-02", "2026-12-31"))  # not due yet
        | item(4, decision=verdict("2026-08-03", "2026-08-31", "deferred"))
        | item(5)
        | {("item told", '["R-1", "a"]'): True}
    )
    requests = [{"account_id": name, "requested_on": day("2026-03-01"), "title": "export"} for name in "abc"]
    warehouse = company(feature_requests=requests)
    with closing(ReusedReader(warehouse.file, decided(decisions=decisions))) as opened:
        answer = ask(opened, behaviour, SCOPE)
    rows = {row["quarter"]: row for row in answer.rows.to_pylist()}
    assert list(rows) == ["2026Q3", "2026Q2", "2026Q1", "2025Q4"]
    newest = rows["2026Q3"]
    assert (newest["decisions"], newest["due"], newest["kept"], newest["kept_share"]) == (2, 2, 1, 0.5)
    assert (newest["shipped"], newest["askers"], newest["told"]) == (1, 3, 1)
    assert newest["told_share"] == pytest.approx(1 / 3)
    assert newest["measurable"] == 0  # it stands for no topic of tickets
    assert (rows["2026Q2"]["decisions"], rows["2026Q2"]["due"], rows["2026Q2"]["kept_share"]) == (2, 0, None)
    assert (answer.figure("owner_share").value, answer.figure("owner_share").n) == (3 / 4, 4)
    assert answer.figure("kept_share").value == 0.5
    assert "**4 decisions** in four quarters, **1** of 2 due items kept, **1** of 3 askers informed" in answer.headline
