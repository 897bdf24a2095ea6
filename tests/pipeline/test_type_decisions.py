"""What people decide of the help desk's own types: counted for every ticket that has them, and taken back as easily."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from cs_dash.answer import Answer
from cs_dash.cli import main
from cs_dash.decisions import lexicon, log, ticket_types
from cs_dash.errors import BadInput, UnknownOption
from cs_dash.pipeline import (
    cache_key,
    decide_type,
    derive_artifacts,
    label,
    label_effects_of,
    load,
    rebuild,
    tickets_with,
    unlabel,
)
from cs_dash.questions.catalogue import ask
from cs_dash.scope import Scope
from cs_dash.store.workspace import Workspace
from cs_dash.tickets.classifier.model import MIN_EXAMPLES
from tests.pipeline.test_labelling import OTHERS, TEXTS
from tests.workspaces import copied, opened

ROWS = [
    "T-1,2026-09-01,Blue Monday,Integration,",
    "T-2,2026-09-02,Blue Tuesday,integration,",
    "T-3,2026-09-03,Red Friday,Tier 2 request,",
    "T-4,2026-09-04,Red Sunday,Incident,",
    "T-5,2026-09-05,Green Sunday,,vip",
]


def csv_of(rows: list[str]) -> bytes:
    return "\n".join(["ticket_id,created_at,subject,type,tags", *rows]).encode()


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return copied(tmp_path / "workspace", {"tickets.csv": csv_of(ROWS)})


def answer_to(workspace: Workspace, question: str) -> Answer:
    version = workspace.current()
    assert version is not None
    read = derive_artifacts(workspace, version, topics=False)
    return ask(opened(workspace, read), question, Scope(period="all"))


def kinds(workspace: Workspace) -> dict[str, tuple[str | None, str]]:
    rows = answer_to(workspace, "support.tickets").rows.to_pylist()
    return {row["ticket_id"]: (row["kind"], row["source"]) for row in rows}


def test_a_decision_counts_at_once_for_all_tickets_and_is_taken_back(workspace: Workspace) -> None:
    before = kinds(workspace)
    assert before == {
        "T-1": (None, "none"), "T-2": (None, "none"), "T-3": ("how-to", "column"), "T-4": ("defect", "column"),
        "T-5": (None, "none"),
    }  # fmt: skip
    decision = decide_type(workspace, "INTEGRATION ", "bug")
    assert (decision.value, decision.choice, decision.before) == ("INTEGRATION", "defect", None)
    decide_type(workspace, "Incident", "how-to")  # also of a type that is understood
    decide_type(workspace, "vip", "billing")
    by_ticket = kinds(workspace)
    assert by_ticket["T-1"] == by_ticket["T-2"] == ("defect", "column")
    assert (by_ticket["T-4"], by_ticket["T-5"]) == (("how-to", "column"), ("billing", "column"))
    assert decide_type(workspace, "integration", "not a ticket").before == "defect"
    assert set(kinds(workspace)) == {"T-3", "T-4", "T-5"}
    for value in ("Integration", "incident", "VIP"):
        assert decide_type(workspace, value, None).choice is None
    assert kinds(workspace) == before
    assert ticket_types.decided(workspace) == {}
    assert len(workspace.state.versions()) == 1


def test_a_type_that_names_a_kind_by_mistake_may_say_nothing(workspace: Workspace) -> None:
    decide_type(workspace, "Tier 2 request", "Says nothing")
    assert kinds(workspace)["T-3"] == (None, "none")


def test_a_label_of_the_ticket_wins(workspace: Workspace) -> None:
    label(workspace, [("T-1", "outage")])
    decide_type(workspace, "Integration", "defect")
    assert (kinds(workspace)["T-1"], kinds(workspace)["T-2"]) == (("outage", "label"), ("defect", "column"))
    unlabel(workspace)
    assert kinds(workspace)["T-1"] == ("defect", "column")


def test_later_loads_rebuilds_and_undone_versions_keep_it(tmp_path: Path, workspace: Workspace) -> None:
    decide_type(workspace, "Integration", "defect")
    load(workspace, [("more.csv", io.BytesIO(csv_of(["T-9,2026-09-09,New,Integration,"])))])
    assert kinds(workspace)["T-9"] == ("defect", "column")
    rebuild(workspace)
    assert kinds(workspace)["T-9"] == kinds(workspace)["T-1"] == ("defect", "column")
    workspace.undo()
    workspace.undo()
    assert kinds(workspace)["T-1"] == ("defect", "column")
    fresh = Workspace(tmp_path / "fresh")
    decide_type(fresh, "Integration", "billing")  # said before anything is loaded
    load(fresh, [("tickets.csv", io.BytesIO(csv_of(ROWS)))])
    assert kinds(fresh)["T-1"] == ("billing", "column")


def test_the_mark_changes_with_every_decision_and_comes_back_with_it(workspace: Workspace) -> None:
    marks = [cache_key(workspace)]
    for choice in ("defect", "billing", None):
        decide_type(workspace, "Integration", choice)
        marks.append(cache_key(workspace))
    assert len(set(marks)) == 3
    assert marks[0] == marks[-1]
    lexicon.decide(workspace, "en", {"defect": ["zags"]})
    phrases = cache_key(workspace)
    decide_type(workspace, "Integration", "defect")
    assert cache_key(workspace) not in (*marks, phrases)


def test_what_is_no_decision_is_not_taken_for_one(workspace: Workspace) -> None:
    log.record(workspace, [log.Entry("ticket type", "Integration", "zebra")])
    assert kinds(workspace)["T-1"] == (None, "none")
    assert decide_type(workspace, "Integration", "billing").before is None
    assert kinds(workspace)["T-1"] == ("billing", "column")


def test_the_model_learns_from_it_and_tells_types_that_say_nothing(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "workspace")
    named = [(ticket, subject, f"Tier {'1' if ticket[0] == 'Q' else '2'}") for ticket, subject in (*TEXTS, *OTHERS)]
    half = MIN_EXAMPLES + 2
    rows = [
        f"{ticket},2026-09-01,{subject},{type if int(ticket[2:]) < half else 'Mail'},"
        for ticket, subject, type in named
    ]
    load(workspace, [("tickets.csv", io.BytesIO(csv_of(rows)))])
    assert set(kinds(workspace).values()) == {(None, "none")}
    decide_type(workspace, "Tier 1", "how-to")
    decide_type(workspace, "Tier 2", "defect")
    # A type that nobody understands may stand for anything: what others teach does not tell it.
    assert {kinds(workspace)[ticket] for ticket in ("Q-19", "D-19")} == {(None, "none")}
    done = label_effects_of(workspace, lambda: bool(decide_type(workspace, "Mail", "says nothing")))
    assert (done.changed_tickets, done.modelled) == (2 * (20 - half), 2 * (20 - half))
    assert kinds(workspace)["Q-19"] == ("how-to", "model")
    assert kinds(workspace)["D-19"] == ("defect", "model")


def test_what_cannot_be_decided_says_why(workspace: Workspace) -> None:
    with pytest.raises(UnknownOption, match="Could not map a type to 'zebra'"):
        decide_type(workspace, "Integration", "zebra")
    with pytest.raises(BadInput):
        decide_type(workspace, "  ", "defect")
    assert ticket_types.decided(workspace) == {}


def test_how_many_tickets_have_it(tmp_path: Path, workspace: Workspace) -> None:
    assert tickets_with(workspace, "INTEGRATION") == (2, "")
    assert tickets_with(workspace, "vip") == (1, "")
    assert tickets_with(workspace, "Integratoin") == (0, "Did you mean Integration?")
    assert tickets_with(Workspace(tmp_path / "empty"), "vip") == (0, "")


def test_the_command_line_says_it_and_takes_it_back(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    folder = ["--workspace", str(workspace.folder)]
    capsys.readouterr()
    assert main(["label", "--type", "integration", "feature request", *folder]) == 0
    assert capsys.readouterr().out == "integration is mapped to feature request: 2 tickets have this type.\n"
    assert kinds(workspace)["T-1"] == ("feature request", "column")
    assert main(["label", "--type", "Integration", *folder, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "type": "Integration", "kind": None, "before": "feature request", "tickets": 2,
    }  # fmt: skip
    assert kinds(workspace)["T-1"] == (None, "none")
    assert main(["label", "--type", "Integration", *folder]) == 1
    assert "Integration was not mapped before." in capsys.readouterr().out
    assert main(["label", "--type", "Integratoin", "says nothing", *folder]) == 0
    output = capsys.readouterr().out
    assert output == ("Integratoin is mapped to no category: no ticket has this type yet. Did you mean Integration?\n")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ([], "neither a file nor a type"),
        (["--type", "Integration", "zebra"], "not a ticket category"),
        (["--type", "Tier", "2", "defect"], "it needs one category"),
        (["--type", " ", "defect"], "none was named"),
        (["labels.csv", "--type", "Integration"], "together with a file"),
        (["--type", "Integration", "--option", "audit=true"], "together with an option"),
    ],
)
def test_the_command_line_refuses_in_one_sentence(
    words: list[str], why: str, workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["label", *words, "--workspace", str(workspace.folder)]) == 2
    output = capsys.readouterr().err
    assert why in output
    assert len(output.splitlines()) == 1
    assert ticket_types.decided(workspace) == {}
