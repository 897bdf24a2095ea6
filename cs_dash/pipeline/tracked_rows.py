"""What a tool's export says of roadmap items: the rows of a spreadsheet that stand for one, with state and day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from cs_dash.errors import BadInput
from cs_dash.intake.cells import arrays, date_order, dates, missing
from cs_dash.intake.detection import header, regions
from cs_dash.intake.formats import files
from cs_dash.intake.formats.isolated_reader import IsolatedReader
from cs_dash.intake.results.problems import IgnoredSheet, InputFile
from cs_dash.intake.results.sheets import Block
from cs_dash.schema import names

_MARK = re.compile(r"\bcsdash-(R-\d+)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"\broadmap\?(?:[^\s\"'<>]*&)?item=(R-\d+)\b", re.IGNORECASE)
_ID = re.compile(r"R-\d+")
_JAVASCRIPT_DAY = re.compile(r"^[A-Za-z]{3} ([A-Za-z]{3} \d{1,2} \d{4})\b.*$")
"""The day of "Fri Nov 20 2026 10:00:00 GMT+0000 (Coordinated Universal Time)", as JavaScript writes it."""
COLUMNS = {
    "item": ("item", "item id", "roadmap item", "csdash", "csdash id", "csdash item", "external id",
             "external issue id", "external key"),
    "key": ("issue key", "key", "id", "identifier", "reference", "ref"),
    "title": ("summary", "title", "name", "feature", "feature name", "issue"),
    "category": ("status category",),
    "state": ("status", "state", "stage", "workflow state", "zustand", "statut", "etat", "estado", "stato", "статус",
              "状态"),
    "resolution": ("resolution",),
    "released": ("released", "released on", "release date", "shipped", "shipped on", "ship date", "launched on",
                 "completed", "completed at", "completed on", "completion date", "resolved", "resolved at",
                 "resolution date", "done", "done on", "done date", "delivered on", "closed", "closed at", "closed on",
                 "date closed", "erledigt am", "abgeschlossen am", "date de sortie", "fecha de entrega"),
}  # fmt: skip
"""What each column may be called; the first name of a list that is there counts."""
DONE = frozenset(map(names.folded, (
    "done", "released", "shipped", "complete", "completed", "closed", "resolved", "launched", "live", "deployed",
    "delivered", "finished", "in production", "generally available", "ga", "fertig", "erledigt", "abgeschlossen",
    "veröffentlicht", "terminé", "livré", "publié", "hecho", "completado", "lanzado", "concluído", "entregue", "fatto",
    "completato", "rilasciato", "готово", "выполнено", "выпущено", "完成", "已完成", "已发布",
)))  # fmt: skip
DROPPED = frozenset(map(names.folded, (
    "canceled", "cancelled", "won't do", "wont do", "won't fix", "wontfix", "duplicate", "rejected", "declined",
    "invalid", "cannot reproduce", "incomplete", "abandoned", "not planned", "not needed", "archived", "abgelehnt",
    "verworfen", "annulé", "cancelado", "annullato", "отменено", "отклонено", "已取消",
)))  # fmt: skip
"""States and resolutions of what was closed and not built."""
OPEN = frozenset(map(names.folded, (
    "open", "new", "idea", "candidate", "backlog", "triage", "to do", "todo", "planned", "ready",
    "selected for development", "started", "doing", "in progress", "in development", "in review", "in testing", "qa",
    "blocked", "on hold", "paused", "reopened",
    "offen", "in arbeit", "en cours", "en progreso", "in corso", "в работе", "进行中", "indeterminate",
)))  # fmt: skip
"""States in which a day of closing, as of an earlier round, says nothing."""


@dataclass(frozen=True)
class TrackedRow:
    """One row of a tool's export.

    Attributes:
        row: its number in the file.
        items: ids of the roadmap items that it stands for: none where it names none.
        key: its key in the tool, "" without one.
        title: what it is called there.
        state: its state as written, "" without one.
        done: it was built.
        released: the day, where it was built and the file says when.
        unreadable: the cell of that day where it is no date.
    """

    row: int
    items: tuple[str, ...]
    key: str
    title: str
    state: str
    done: bool
    released: dt.date | None
    unreadable: str = ""


def tracked_rows(file: Path, name: str = "") -> tuple[TrackedRow, ...]:
    """Return every row of the first sheet that has a column for the state or for the day of release.

    Any spreadsheet that a load can read: an export of Jira, Linear or Productboard, or a table of one's own. `name`:
    what the file is called where its path does not say. A row stands for an item where it has the label csdash-R-1 or
    the address roadmap?item=R-1 in any of its cells, or the item's id in a column for it.

    Raises BadInput where it cannot be read, or has no such column.
    """
    name = name or file.name
    if not file.exists():
        raise BadInput("No such file", f"Could not read {name} because it does not exist.", "Check its name.")
    why = "no sheet of it has a column for the status or the release date"
    with IsolatedReader() as reader:
        for sheet in regions.split_sheets(files.sheets_or_reason(InputFile(name, file, ""), {}, reader)):
            if isinstance(sheet, IgnoredSheet):
                why = sheet.why
                continue
            block = header.find(sheet.grid, sheet.first_row)
            if block is not None and {"state", "released"} & _places(block).keys():
                return _rows(block)
    raise BadInput(
        "Cannot use the states", f"Could not read states from {name} because {why[0].lower()}{why[1:]}",
        "Export the issues with their status, labels and release date as CSV or XLSX.",
    )  # fmt: skip


def _places(block: Block) -> dict[str, int]:
    """Return where each column of `COLUMNS` is that the sheet has."""
    keys = [names.key(column) for column in block.names]
    places = {}
    for part, spellings in COLUMNS.items():
        place = next((keys.index(key) for key in map(names.key, spellings) if key in keys), None)
        if place is not None:
            places[part] = place
    return places


def _rows(block: Block) -> tuple[TrackedRow, ...]:
    columns: list[pa.Array] = [missing.trimmed(arrays.whole(column)) for column in block.rows.columns]
    places = _places(block)
    texts = [[text or "" for text in column.to_pylist()] for column in columns]
    order = date_order.order_of_cells(columns[places["released"]]) if "released" in places else "dmy"
    own_ids = _own_ids(block, places)
    rows = []
    for at, number in enumerate(block.row_numbers):
        cells = [column[at] for column in texts]

        def part(name: str, cells: Sequence[str] = cells) -> str:
            return cells[places[name]] if name in places else ""

        day = _day(part("released"), order)
        items = _items(cells, own_ids)
        done = _is_done(part("state"), part("category"), part("resolution"), day is not None)
        rows.append(
            TrackedRow(
                int(number),
                items,
                "" if places.get("key") in own_ids and part("key") in items else part("key"),
                part("title"),
                part("state") or part("category"),
                done,
                day if done else None,
                part("released") if done and day is None else "",
            )
        )
    return tuple(rows)


def _own_ids(block: Block, places: dict[str, int]) -> tuple[int, ...]:
    """Return the columns in which a bare R-1 is an item of ours: never the key of a tool, whose project may be R."""
    if "item" in places:
        return (places["item"],)
    keys = {names.key(column) for column in block.names}
    is_tool = bool(keys & {names.key("issue key"), names.key("team")})
    return (places["key"],) if "key" in places and not is_tool else ()


def _items(cells: Sequence[str], own_ids: Sequence[int]) -> tuple[str, ...]:
    for pattern in (_MARK, _ADDRESS):
        ids = [item.upper() for cell in cells for item in pattern.findall(cell)]
        if ids:
            return tuple(dict.fromkeys(ids))
    return tuple(dict.fromkeys(cells[at] for at in own_ids if _ID.fullmatch(cells[at])))


def _is_done(state: str, category: str, resolution: str, has_day: bool) -> bool:
    """Return whether the row was built; a state of a tool's own counts as done where the tool gives it a day."""
    words = names.folded(state)
    if names.folded(resolution) in DROPPED or words in DROPPED:
        return False
    if words in DONE or names.folded(category) in DONE:
        return True
    return has_day and words not in OPEN and names.folded(category) not in OPEN | {"to do"}


def _day(text: str, order: dates.Order) -> dt.date | None:
    match = _JAVASCRIPT_DAY.match(text)
    day = dates.day(match[1] if match else text, order) if text else None
    return day if day is not None and dates.in_range(day) else None
