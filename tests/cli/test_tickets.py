"""Tickets on the command line: load, label, ask; the model tells the kinds that nobody told."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from cs_dash.cli import main
from tests.pipeline.test_labelling import NAMED, OTHERS, SEEN, TEXTS, csv_of

KINDS = {"bug": "defect", "feature": "feature request", "question": "how-to"}


def tickets_answer(capsys: pytest.CaptureFixture[str], folder: Path, *options: str) -> dict[str, Any]:
    """Return the answer to `support.tickets` with these options, as JSON."""
    listed = [part for option in options for part in ("--option", option)]
    capsys.readouterr()
    assert main(["ask", "support.tickets", "--workspace", str(folder), "--json", *listed]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def loaded(folder: Path, tickets: bytes) -> Path:
    file = folder / "tickets.csv"
    file.write_bytes(tickets)
    assert main(["load", str(file), "--workspace", str(folder / "ws")]) == 0
    return folder / "ws"


def test_labels_of_a_file_teach_the_model_that_tells_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = loaded(tmp_path, csv_of([*TEXTS, *OTHERS]))
    labels = tmp_path / "labels.csv"
    labels.write_text("ticket_id,kind\n" + "".join(f"{ticket},{kind}\n" for ticket, kind in SEEN))
    assert main(["label", str(labels), "--workspace", str(workspace)]) == 0
    answer = tickets_answer(capsys, workspace, "source=model")
    assert {row["ticket_id"]: row["kind"] for row in answer["rows"]} == dict(
        [pair for pair in NAMED if pair not in SEEN]
    )
    assert all(row["because"] for row in answer["rows"])
    assert answer["figures"][0]["value"] == len(NAMED) - len(SEEN)
    few = tickets_answer(capsys, workspace, "search=ZAGS badly", "source=model", "most=1")
    assert (len(few["rows"]), few["figures"][0]["value"]) == (1, 2)


def test_one_ticket_is_told_with_its_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workspace = loaded(tmp_path, b"ticket_id,created_at,subject,description\nT-1,2026-05-01,Hm,A <b>long</b> story\n")
    capsys.readouterr()
    assert main(["ask", "support.ticket", "--workspace", str(workspace), "--option", "ticket=T-1", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["rows"]
    assert (row["subject"], row["body"], row["source"]) == ("Hm", "A <b>long</b> story", "none")
    assert main(["ask", "support.ticket", "--workspace", str(workspace), "--option", "ticket=T-2"]) == 2


def test_what_others_labelled_is_told_of_a_project_that_nobody_labelled(
    tmp_path: Path, shared_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    csv.field_size_limit(10_000_000)
    file = shared_data / "tickets" / "nlbse2024_issues_train.csv"
    if not file.is_file():
        pytest.skip(f"there is no {file}")
    with file.open(newline="", encoding="utf-8") as source:
        rows = list(csv.DictReader(source))
    held_out = max(row["repo"] for row in rows)
    with (tmp_path / "all.csv").open("w", newline="", encoding="utf-8") as target:
        writer = csv.writer(target)
        writer.writerow(["ticket_id", "created_at", "type", "subject", "body"])
        for at, row in enumerate(rows):
            label = "" if row["repo"] == held_out else row["label"]
            writer.writerow([f"N-{at}", row["created_at"], label, row["title"], row["body"][:500]])
    truth = {f"N-{at}": KINDS[row["label"]] for at, row in enumerate(rows) if row["repo"] == held_out}
    workspace = loaded(tmp_path, (tmp_path / "all.csv").read_bytes())
    first = model_accuracy(tickets_answer(capsys, workspace, "language=en"), truth)
    labels = tmp_path / "labels.csv"
    corrected = [ticket for at, ticket in enumerate(truth) if at % 5 == 0]
    labels.write_text("ticket_id,kind\n" + "".join(f"{ticket},{truth[ticket]}\n" for ticket in corrected))
    assert main(["label", str(labels), "--workspace", str(workspace)]) == 0
    answer = tickets_answer(capsys, workspace)
    sources = Counter(row["source"] for row in answer["rows"])
    assert sources == {
        "column": len(rows) - len(truth),
        "label": len(corrected),
        "model": len(truth) - len(corrected),
    }
    assert all(row["because"] and 0 < row["probability"] <= 1 for row in answer["rows"] if row["source"] == "model")
    assert first > 0.5
    assert model_accuracy(answer, truth) > first + 0.05, "labels of the project itself teach more than those of others"


def model_accuracy(answer: dict[str, Any], truth: dict[str, str]) -> float:
    """Return how many of the tickets that the model told it told rightly."""
    rows = [row for row in answer["rows"] if row["source"] == "model"]
    assert rows
    return sum(bool(row["kind"] == truth[row["ticket_id"]]) for row in rows) / len(rows)
