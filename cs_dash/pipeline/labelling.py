"""What people say of the kinds of tickets, one by one or as a file, remembered and followed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cs_dash.decisions import labels
from cs_dash.decisions.labels import kind_named
from cs_dash.errors import NoData, UnknownOption, nearest
from cs_dash.metrics import open_warehouse
from cs_dash.pipeline.label_files import rows_of
from cs_dash.pipeline.ticket_kinds import derive_kinds
from cs_dash.store.acting import Right, require
from cs_dash.store.faults import after_a_decision
from cs_dash.store.workspace import Workspace

OPTIONS = {"person": "who says it"}


@dataclass(frozen=True)
class Labelled:
    """What became of labels.

    Attributes:
        labelled: how many tickets are labelled now, or were taken back.
        kinds: how many of each kind.
        problems: rows that could not be used: row, column, value, what, advice.
    """

    labelled: int
    kinds: Mapping[str, int]
    problems: tuple[Mapping[str, Any], ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return it as the command line prints it."""
        return {
            "labelled": self.labelled,
            "kinds": dict(self.kinds),
            "problems": [dict(problem) for problem in self.problems],
        }


def label(
    workspace: Workspace, rows: Iterable[tuple[str, str | None]], *, person: str = "", derive: bool = True
) -> int:
    """Record what a person says of tickets, and return how many labels that were. Every label takes this one path.

    Args:
        workspace: the workspace.
        rows: (ticket id, kind); a kind may be one of ours or what help desks call it ("bug"); None takes a label back.
        person: who says it.
        derive: derive the kinds of all tickets anew; else that is left to whoever looks at the version next.

    Raises:
        NotAllowed: who is acting may not label.
        UnknownOption: a kind that is none.
        NoData: nothing is loaded.
    """
    require(Right.LABEL)
    version = workspace.current()
    if version is None:
        raise NoData("Nothing is loaded", "Could not label because the workspace is empty.", "Load tickets first.")
    count = labels.add(workspace, rows, person=person)
    if derive:
        with after_a_decision():
            derive_kinds(workspace, version)
    return count


def unlabel(workspace: Workspace, *, person: str = "", batch: int | None = None, derive: bool = True) -> int:
    """Undo the newest labels, those by `person` where one is named, and return how many they were.

    `batch`: just these, see `decisions.labels.newest`. `derive`: as `label` has it. Raises NotAllowed where who is
    acting may not label.
    """
    require(Right.LABEL)
    count = labels.undo(workspace, person=person, batch=batch)
    version = workspace.current()
    if derive and version is not None:
        with after_a_decision():
            derive_kinds(workspace, version)
    return count


def label_file(workspace: Workspace, file: Path, options: Mapping[str, str]) -> Labelled:
    """Remember the labels in a spreadsheet with columns ticket_id and kind, and return what became of them.

    An empty kind takes a label back. Rows of unknown tickets and unknown kinds are told of, and change nothing.

    Raises:
        NotAllowed: who is acting may not label.
        BadInput: the file cannot be read or lacks one of the columns.
        NoData: nothing is loaded.
        UnknownOption: an option that does not exist.
    """
    require(Right.LABEL)
    for name in options:
        if name not in OPTIONS:
            raise UnknownOption(
                "Unknown option",
                f"Could not label with {name} because there is no such option.",
                nearest(name, OPTIONS),
            )
    rows = rows_of(file)
    current = workspace.current()
    if current is None:
        raise NoData("Nothing is loaded", "Could not label because the workspace is empty.", "Load tickets first.")
    ticket_ids = _loaded_ticket_ids(workspace.file_of(current))
    kinds: dict[str, str | None] = {}
    problems: list[dict[str, Any]] = []
    for row, ticket, word in rows:
        try:
            kind = kind_named(word)
        except UnknownOption as error:
            problems.append(_problem(row, "kind", word, "It is not a ticket category.", error.hint))
            continue
        if ticket not in ticket_ids:
            what = "No such ticket is loaded." if ticket else "It has no ticket ID."
            problems.append(_problem(row, "ticket_id", ticket, what, "Load the ticket first, or correct the ID."))
            continue
        kinds[ticket] = kind
    if kinds:
        label(workspace, kinds.items(), person=options.get("person", ""))
    counts = Counter(kind or "label removed" for kind in kinds.values())
    return Labelled(len(kinds), dict(counts.most_common()), tuple(problems))


def _loaded_ticket_ids(file: Path) -> frozenset[str]:
    warehouse = open_warehouse(file)
    try:
        return frozenset(warehouse.query("select ticket_id from tickets")["ticket_id"].to_pylist())
    finally:
        warehouse.close()


def _problem(row: int, column: str, value: str | None, what: str, advice: str) -> dict[str, Any]:
    return {"row": row, "column": column, "value": value, "what": what, "advice": advice}
