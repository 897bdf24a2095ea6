"""What comes back of roadmap items from the tool in which they are built.

It is recorded where it is new, never in place of what somebody entered.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cs_dash.decisions import roadmap, shipped_items
from cs_dash.decisions.roadmap import Item
from cs_dash.look import words
from cs_dash.pipeline.tracked_rows import TrackedRow, tracked_rows
from cs_dash.store.acting import Right, require
from cs_dash.store.workspace import Workspace

MOST_NAMED = 5
"""So many rows that stand for no item are named."""


@dataclass(frozen=True)
class TrackedItem:
    """What is now recorded of an item, and was not before.

    Attributes:
        item: its id.
        title: what it is called.
        key: its keys in the tool.
        state: its state there, as written.
        shipped_on: the day it shipped, where the file tells and nothing said so before.
    """

    item: str
    title: str
    key: str
    state: str
    shipped_on: dt.date | None


@dataclass(frozen=True)
class ItemProblem:
    """What was not recorded, and why: `item` is "" where the row names none."""

    row: int
    item: str
    what: str


@dataclass(frozen=True)
class ItemStates:
    """What became of the rows of a tool's export.

    Attributes:
        rows: how many it has.
        changed: the items of which something new was recorded.
        unchanged: ids of the items whose state was known already.
        problems: days that contradict what is recorded, missing or unreadable days, items that are not on the roadmap.
        unmatched: (row, its name) of the rows that stand for no item.
    """

    rows: int
    changed: tuple[TrackedItem, ...]
    unchanged: tuple[str, ...]
    problems: tuple[ItemProblem, ...]
    unmatched: tuple[tuple[int, str], ...]

    def lines(self) -> list[str]:
        """Return the report in words, a sentence each."""
        lines = []
        for item in self.changed:
            shipped = f", shipped on {item.shipped_on.isoformat()}" if item.shipped_on else ""
            lines.append(f"{item.item} “{item.title}”: {item.state or 'no state'}{shipped}.")
        if self.unchanged:
            lines.append(f"{words.plural(len(self.unchanged), 'item')} unchanged: {', '.join(self.unchanged)}.")
        lines += [f"Row {problem.row} {problem.item}: {problem.what}".replace(" :", ":") for problem in self.problems]
        if self.unmatched:
            titles = [f"row {row} {title}".rstrip() for row, title in self.unmatched[:MOST_NAMED]]
            more = len(self.unmatched) - len(titles)
            rows = words.plural(len(self.unmatched), "row stands", "rows stand")
            lines.append(f"{rows} for no roadmap item: {'; '.join(titles)}{f' and {more} more' if more > 0 else ''}.")
        return lines or ["The file has no rows."]

    def as_dict(self) -> dict[str, Any]:
        """Return the report as the command line prints it with `--json`."""
        printed = asdict(self)
        printed["unmatched"] = [{"row": row, "title": title} for row, title in self.unmatched]
        for changed in printed["changed"]:
            changed["shipped_on"] = changed["shipped_on"].isoformat() if changed["shipped_on"] else None
        return printed


def import_states(
    workspace: Workspace, file: Path, *, name: str = "", person: str = "", today: dt.date | None = None
) -> ItemStates:
    """Record what a tool's export says of roadmap items, and return what became of its rows.

    An item that is done with a day ships on that day, unless another day is recorded: that one stays, and the
    contradiction is reported. Several rows for one item: it is done when all are, on the latest day. All in one
    batch, or nothing. `today`: days after it are no days of shipping.

    Raises what `tracked_rows` raises, and NotAllowed where who is acting may not change the roadmap.
    """
    require(Right.DECIDE)
    rows = tracked_rows(file, name)
    items = {item.item_id: item for item in roadmap.items(workspace)}
    latest_day = (today or dt.datetime.now(dt.UTC).date()) + dt.timedelta(days=1)
    problems: list[ItemProblem] = []
    of_item: dict[str, list[TrackedRow]] = {}
    for row in rows:
        if len(row.items) > 1:
            problems.append(ItemProblem(row.row, "", f"It names several items: {', '.join(row.items)}."))
        elif row.items and row.items[0] not in items:
            problems.append(ItemProblem(row.row, row.items[0], "It is not on the roadmap."))
        elif row.items:
            of_item.setdefault(row.items[0], []).append(row)
    states: dict[str, dict[str, Any]] = {}
    changed: list[TrackedItem] = []
    for item_id, item_rows in of_item.items():
        item = items[item_id]
        before = dict(item.parts.get("tracked", {}))
        released, what = _released(item, item_rows, latest_day)
        problems += [ItemProblem(item_rows[-1].row, item_id, text) for text in what]
        key = _joined(row.key for row in item_rows) or before.get("key", "")
        state_text = _joined(row.state for row in item_rows) or before.get("state", "")
        state = {
            "key": key,
            "state": state_text,
            "released": released.isoformat() if released else before.get("released"),
        }
        if state != before:
            states[item_id] = state
            is_new = released is not None and released != _shipped_on(item)
            changed.append(TrackedItem(item_id, item.title, key, state_text, released if is_new else None))
    shipped_items.track(workspace, states, person=person)
    return ItemStates(
        len(rows),
        tuple(changed),
        tuple(sorted(of_item.keys() - states.keys())),
        tuple(sorted(problems, key=lambda problem: problem.row)),
        tuple((row.row, row.title or row.key) for row in rows if not row.items),
    )


def _released(item: Item, rows: list[TrackedRow], latest_day: dt.date) -> tuple[dt.date | None, list[str]]:
    """Return the day to record as that of shipping, None where there is none, and what is to be said of it."""
    recorded = _shipped_on(item)
    days = [row.released for row in rows]
    if not all(row.done for row in rows):
        state = _joined(row.state for row in rows if not row.done)
        said = f"The file says {state or 'that it is not done'}; it stays shipped on {recorded}."
        return None, [said] if recorded else []
    day = max((day for day in days if day is not None), default=None)
    if None in days or day is None:
        cells = _joined(row.unreadable for row in rows)
        reason = f"“{cells}” is no date" if cells else "the file has no day"
        return None, [] if recorded else [f"It is done, but {reason}: enter the day it shipped."]
    if day > latest_day:
        return None, [f"It is done on {day}, which is in the future: enter the day it shipped."]
    if recorded is not None and recorded != day:
        return None, [f"It shipped on {recorded} as recorded, on {day} after the file: the recorded day stays."]
    return day, []


def _shipped_on(item: Item) -> dt.date | None:
    """Return the day that counts as that of shipping: the one somebody entered, else the one that came back before."""
    day = item.parts.get("shipped", {}).get("on") or item.parts.get("tracked", {}).get("released")
    return dt.date.fromisoformat(day) if day else None


def _joined(texts: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(text for text in texts if text))
