"""From labels to kinds: told at once, learnt from, kept over loads, rebuilds and undone versions."""

from __future__ import annotations

import datetime as dt
import io
import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from cs_dash.cli import main
from cs_dash.decisions import NOTHING_DECIDED, audits, labels, lexicon
from cs_dash.decisions.audits import Audit
from cs_dash.errors import BadInput, NoData, UnknownOption
from cs_dash.metrics import open_warehouse
from cs_dash.pipeline import (
    derive_artifacts,
    derived_artifacts,
    label,
    label_effects_of,
    label_file,
    load,
    rebuild,
    ticket_text_features,
    unlabel,
)
from cs_dash.pipeline.audit import take_in
from cs_dash.questions.catalogue import ask
from cs_dash.scope import Scope
from cs_dash.store.workspace import Workspace
from cs_dash.tickets.classifier.sources import text_features
from tests.workspaces import copied, opened

THINGS = ("report", "list", "map", "plan", "chart")
# Words of no lexicon, so that only a model can tell them apart.
TEXTS = [(f"Q-{at}", f"kindly zig the {thing} {verb}") for at, (thing, verb) in enumerate(
    (thing, verb) for thing in THINGS for verb in ("softly", "gladly", "boldly", "calmly"))]  # fmt: skip
OTHERS = [(f"D-{at}", f"the {thing} zags {how}") for at, (thing, how) in enumerate(
    (thing, how) for thing in THINGS for how in ("badly", "madly", "sadly", "oddly"))]  # fmt: skip
NAMED = [(ticket, "how-to" if ticket.startswith("Q") else "defect") for ticket, _ in (*TEXTS, *OTHERS)]
SEEN = [pair for pair in NAMED if int(pair[0][2:]) < 12]


def csv_of(rows: list[tuple[str, str]], more: str = "") -> bytes:
    lines = [f"{ticket},2026-09-{1 + at % 28:02d},{subject}" for at, (ticket, subject) in enumerate(rows)]
    return "\n".join([f"ticket_id,created_at,subject{more}", *lines]).encode()


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return copied(tmp_path / "workspace", {"tickets.csv": csv_of([*TEXTS, *OTHERS])})


def tickets(workspace: Workspace) -> dict[str, dict[str, Any]]:
    version = workspace.current()
    assert version is not None
    read = derive_artifacts(workspace, version, topics=False)
    answer = ask(opened(workspace, read), "support.tickets", Scope(period="all"), {"window": "all"})
    return {row["ticket_id"]: row for row in answer.rows.to_pylist()}


def sources(workspace: Workspace) -> set[str]:
    return {row["source"] for row in tickets(workspace).values()}


def said_of_labels(workspace: Workspace) -> list[str]:
    version = workspace.current()
    assert version is not None
    read = derive_artifacts(workspace, version, topics=False)
    notes = ask(opened(workspace, read), "support.howto", Scope(period="all")).notes
    return [note.text for note in notes if "labelled by people" in note.text]


def test_the_page_says_what_labels_did(workspace: Workspace) -> None:
    assert said_of_labels(workspace) == []
    label(workspace, SEEN[:3], person="Ana")
    assert said_of_labels(workspace) == ["3 tickets labelled by people; no model trained yet."]
    label(workspace, SEEN, person="Ana")
    (text,) = said_of_labels(workspace)
    assert text.startswith(
        "24 tickets labelled by people; the model trained on 24 of them and classified 16 others. Cross-validated"
    )
    by_ticket = tickets(workspace)
    crossed = [row for row in by_ticket.values() if row["source"] == "label" and row["howto_score"] not in (None, 0, 1)]
    right = sum((row["howto_score"] >= 0.5) == (row["kind"] == "how-to") for row in crossed)
    assert f"on {len(crossed)} labels" in text
    assert f"accuracy on how-to vs other is {100 * right // len(crossed)}" in text


def test_labels_count_at_once_and_the_model_tells_the_rest(workspace: Workspace) -> None:
    assert sources(workspace) == {"none"}
    label(workspace, SEEN, person="Ana")
    by_ticket = tickets(workspace)
    assert {ticket: row["kind"] for ticket, row in by_ticket.items()} == dict(NAMED)
    for ticket, row in by_ticket.items():
        assert row["source"] == ("label" if int(ticket[2:]) < 12 else "model")
        assert (row["probability"] is None) == (row["source"] == "label")
    assert "zags" in by_ticket["D-19"]["because"]
    assert 0.5 < by_ticket["D-19"]["probability"] < 1


def test_what_labels_changed_of_other_tickets_is_told(workspace: Workspace) -> None:
    version = workspace.current()
    assert version is not None
    derive_artifacts(workspace, version, topics=False)
    few = label_effects_of(workspace, lambda: label(workspace, [("Q-1", "how-to")]))
    assert (few.labels, few.changed_tickets, few.modelled) == (1, 0, 0)
    most = label_effects_of(workspace, lambda: label(workspace, SEEN))
    assert (most.labels, most.changed_tickets, most.modelled) == (
        len(SEEN),
        len(NAMED) - len(SEEN),
        len(NAMED) - len(SEEN),
    )
    assert dict(most.kinds) == {"how-to": 8, "defect": 8}
    back = label_effects_of(workspace, lambda: unlabel(workspace))
    assert (back.labels, dict(back.kinds), back.modelled) == (len(SEEN), {None: len(NAMED) - len(SEEN)}, 0)


def test_few_labels_make_no_model(workspace: Workspace) -> None:
    label(workspace, [("Q-1", "how-to"), ("D-1", "defect")])
    by_ticket = tickets(workspace)
    assert by_ticket["Q-1"]["source"] == "label"
    assert {row["source"] for ticket, row in by_ticket.items() if ticket not in ("Q-1", "D-1")} == {"none"}


def test_labels_survive_loads_rebuilds_and_undone_versions(workspace: Workspace) -> None:
    label(workspace, SEEN)
    load(workspace, [("more.csv", io.BytesIO(csv_of([("D-90", "the zebra zags badly")])))])
    assert (tickets(workspace)["D-90"]["kind"], tickets(workspace)["D-90"]["source"]) == ("defect", "model")
    rebuild(workspace)
    assert (tickets(workspace)["D-90"]["kind"], tickets(workspace)["Q-1"]["source"]) == ("defect", "label")
    workspace.undo()
    workspace.undo()
    assert (tickets(workspace)["Q-1"]["source"], tickets(workspace)["Q-19"]["source"]) == ("label", "model")
    assert "D-90" not in tickets(workspace)


def test_undo_gives_back_what_was_there(workspace: Workspace) -> None:
    label(workspace, SEEN)
    assert unlabel(workspace) == len(SEEN)
    assert sources(workspace) == {"none"}


def test_nothing_learns_from_an_audit(workspace: Workspace) -> None:
    sample = tuple(ticket for ticket, _ in SEEN)
    audit = audits.add(workspace, Audit(0, "seed", None, dt.date(2026, 10, 1), len(NAMED), sample))
    take_in(workspace, SEEN, "Ana")
    assert sources(workspace) == {"none"}
    label(workspace, SEEN)
    label(workspace, [("Q-19", "billing")])
    assert tickets(workspace)["Q-19"]["kind"] == "billing"
    assert len(audits.audits(workspace)[0].answers) == len(SEEN) == len(audit.sample)


def test_a_label_is_not_in_the_score_of_its_own_ticket(workspace: Workspace) -> None:
    """What an audit is measured against: else corrected tickets among the drawn would look righter than all others."""
    wrong = [(ticket, "defect" if ticket == "Q-1" else kind) for ticket, kind in SEEN]
    label(workspace, wrong)
    by_ticket = tickets(workspace)
    assert (by_ticket["Q-1"]["kind"], by_ticket["Q-1"]["source"]) == ("defect", "label")
    assert by_ticket["Q-1"]["howto_score"] > 0.5  # the others say what it sounds like
    for ticket, row in by_ticket.items():
        assert (row["howto_score"] > 0.5) == ticket.startswith("Q")
    version = workspace.current()
    assert version is not None
    with closing(
        open_warehouse(workspace.file_of(version), NOTHING_DECIDED, derived_artifacts(workspace, version))
    ) as warehouse:
        scores = warehouse("howto_scores", start_day=None, end_day=None)
    assert {row["ticket_id"]: row["score"] for row in scores.to_pylist()} == {
        ticket: row["howto_score"] for ticket, row in by_ticket.items()
    }


def test_sources_go_in_order(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "workspace")
    rows = "T-1,2026-09-01,How do I export?,Bug\nT-2,2026-09-01,How do I export?,\nT-3,2026-09-02,Blue Monday,\n"
    rows += "T-4,2026-09-02,Automatic reply: holiday,\nT-5,2026-09-02,How do I export?,Bug\n"
    load(workspace, [("tickets.csv", io.BytesIO(f"ticket_id,created_at,subject,type\n{rows}".encode()))])
    label(workspace, [("T-5", "how-to")])
    by_ticket = {ticket: (row["kind"], row["source"]) for ticket, row in tickets(workspace).items()}
    assert by_ticket == {
        "T-1": ("defect", "column"), "T-2": ("how-to", "lexicon"), "T-3": (None, "none"), "T-5": ("how-to", "label"),
    }  # fmt: skip
    label(workspace, [("T-4", "other")])  # a person knows better than the words
    assert tickets(workspace)["T-4"]["kind"] == "other"


def test_phrases_of_ones_own_count_at_once(workspace: Workspace) -> None:
    lexicon.decide(workspace, "en", {"defect": ["zags"]})
    load(workspace, [("l.csv", io.BytesIO(csv_of([("E-1", "When the new thing zags you and we do not have it")])))])
    assert tickets(workspace)["E-1"]["kind"] == "defect"
    lexicon.decide(workspace, "en", {"billing": ["zags"]})
    assert (tickets(workspace)["E-1"]["kind"], tickets(workspace)["E-1"]["source"]) == ("billing", "lexicon")


def test_a_file_of_labels(workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "labels.csv"
    file.write_text("ticket_id,kind\nQ-1,question\nD-1,Bug\nX-1,bug\nD-2,zebra\nD-3,\n")
    status = main(["label", str(file), "--workspace", str(workspace.folder), "--json"])
    output = json.loads(capsys.readouterr().out)
    assert (status, output["labelled"]) == (0, 3)
    assert output["kinds"] == {"how-to": 1, "defect": 1, "label removed": 1}
    assert [(problem["row"], problem["column"], problem["value"]) for problem in output["problems"]] == [
        (4, "ticket_id", "X-1"), (5, "kind", "zebra"),
    ]  # fmt: skip
    assert tickets(workspace)["Q-1"]["kind"] == "how-to"
    assert main(["label", str(file), "--workspace", str(workspace.folder), "--option", "audit=no"]) == 0
    assert "3 tickets labelled." in capsys.readouterr().out
    assert main(["label", str(file), "--workspace", str(workspace.folder), "--option", "audit=zebra"]) == 2


def test_labels_that_cannot_be_used_say_why(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "labels.csv"
    file.write_text("name,colour\nQ-1,red\n")
    with pytest.raises(BadInput, match="columns ticket_id and kind"):
        label_file(workspace, file, {})
    with pytest.raises(UnknownOption):
        label_file(workspace, file, {"audti": "true"})
    with pytest.raises(UnknownOption):
        label(workspace, [("Q-1", "zebra")])
    with pytest.raises(NoData):
        label(Workspace(tmp_path / "empty"), [("Q-1", "how-to")])
    assert labels.kinds_of_tickets(workspace) == {}


def test_the_types_of_the_export_teach_the_model(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "workspace")
    typed = dict(SEEN)
    rows = [
        f"{ticket},2026-09-01,{subject},{typed.get(ticket, '')},{'de' if ticket == 'Q-1' else ''}"
        for ticket, subject in (*TEXTS, *OTHERS)
    ]
    content = "\n".join(["ticket_id,created_at,subject,type,language", *rows]).encode()
    load(workspace, [("tickets.csv", io.BytesIO(content))])
    by_ticket = tickets(workspace)
    assert {ticket: row["kind"] for ticket, row in by_ticket.items()} == dict(NAMED)
    assert {row["source"] for row in by_ticket.values()} == {"column", "model"}
    assert by_ticket["Q-1"]["language"] == "de"


def test_a_text_that_was_read_for_another_version_is_not_read_again(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    tickets(workspace)
    read: list[str] = []

    def noted(part: pa.Table, own: Any) -> pa.Table:
        read.extend(part["subject"].to_pylist())
        return text_features(part, own)

    monkeypatch.setattr(ticket_text_features, "text_features", noted)
    changed = [("Q-1", "please zig the map"), ("D-90", "the zebra zags badly"), *OTHERS[:3]]
    load(workspace, [("more.csv", io.BytesIO(csv_of(changed)))])
    assert len(tickets(workspace)) == len(NAMED) + 1
    assert sorted(read) == ["please zig the map", "the zebra zags badly"]
    workspace.undo()
    lexicon.decide(workspace, "en", {"how-to": ["zig*"]})
    assert {row["kind"] for row in tickets(workspace).values() if row["source"] == "lexicon"} == {"how-to"}
    assert len(read) == 2 + len(NAMED)  # other phrases: what they suggest is looked for anew
