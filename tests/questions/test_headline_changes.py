"""What a load moves: rows as the question tells them, headline figures as two versions tell them."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

from cs_dash import pipeline
from cs_dash.answer import Answer
from cs_dash.questions.catalogue import ask
from cs_dash.questions.headline_changes import COMPARED_FIGURES, changed_figures
from cs_dash.scope import Scope
from cs_dash.store.version import Version
from cs_dash.store.workspace import Workspace
from tests.companies import ReusedReader

ACCOUNTS = "Account ID,Account name,Segment\nA1,Nordwind,SMB\nA2,Helio,Enterprise\nA3,Omega,SMB\n"
LINES = (
    "Subscription ID,Customer ID,Start date,End date,MRR\nS1,A1,2025-01-01,,100\nS2,A2,2025-02-01,,300\n"
    "S3,A3,2025-02-01,2026-09-01,100\n"
)


def load(workspace: Workspace, *, mode: str = "keep", **texts: str) -> Version:
    files = [(f"{name}.csv", io.BytesIO(text.encode())) for name, text in texts.items()]
    pipeline.load(workspace, files, options={"missing": mode}, today=dt.date(2026, 10, 1))
    version = workspace.current()
    assert version is not None
    return version


def answers(workspace: Workspace, version: Version, *questions: str) -> list[Answer]:
    warehouse = ReusedReader(workspace.file_of(version))
    try:
        return [ask(warehouse, question, Scope()) for question in questions]
    finally:
        warehouse.close()


def test_what_a_load_changed_is_told_with_whole_counts_and_row_by_row(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    first = load(workspace, accounts=ACCOUNTS, subscriptions=LINES)
    (first_answer,) = answers(workspace, first, "data.changes")
    assert first_answer.headline == "**3** new accounts; **3** new subscriptions."
    assert first_answer.rows.num_rows == 0
    later = ACCOUNTS.replace("SMB\nA2", "Mid\nA2").replace("A3,Omega,SMB", "A4,Neu,SMB")
    (changed,) = answers(workspace, load(workspace, mode="gone", accounts=later), "data.changes")
    assert changed.headline == "**1** new, **1** changed and **1** removed account."
    listed = changed.rows.select(["name", "what", "field", "old", "new"]).to_pylist()
    assert [tuple(row.values()) for row in listed] == [
        ("Omega", "gone", None, None, None), ("Neu", "new", None, None, None),
        ("Nordwind", "changed", "segment", "SMB", "Mid"),
    ]  # fmt: skip


def test_the_figures_that_moved_are_told_with_their_value_before(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    tickets = "Ticket ID,Customer,Created at,Type\nT1,A1,2026-09-30,Question\n"
    first = load(workspace, accounts=ACCOUNTS, subscriptions=LINES, tickets=tickets)
    second = load(workspace, more=LINES.replace("S2,A2,2025-02-01,,300", "S2,A2,2025-02-01,,150"))
    figures = {
        figure.name: figure
        for figure in changed_figures(
            answers(workspace, first, *COMPARED_FIGURES), answers(workspace, second, *COMPARED_FIGURES)
        )
    }
    assert (figures["mrr_end"].previous, figures["mrr_end"].value) == (400.0, 250.0)
    assert "accounts_end" not in figures  # 2 before, 2 now
    # 400 of the 500 of a year before are left, then 250 of 350.
    assert (figures["nrr"].previous, figures["nrr"].value) == (0.8, 250 / 350)
    answers_again = answers(workspace, second, *COMPARED_FIGURES)
    assert changed_figures(answers_again, answers_again) == ()
