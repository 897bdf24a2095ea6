"""What people decide about the slides of a review: order, titles, remarks, speaker notes, hidden ones and pins.

Each is a decision of its own, so that two people who work on one review lose nothing; who changes the same title or
speaker notes as somebody else did meanwhile is told. What is written keeps the numbers that its slide showed then.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, get_args

from cs_dash.decisions import log
from cs_dash.decisions.log import Decision, Entry
from cs_dash.decisions.reviews.records import ORDER, PIN, REMARK, SLIDE, change_within, review_of
from cs_dash.decisions.reviews.slide_order import merged_order
from cs_dash.errors import BadInput, Conflict
from cs_dash.store.workspace import Workspace
from cs_dash.units import Unit

LONGEST_TITLE, LONGEST_TEXT = 200, 1_000
MOST_PINS, MOST_REMARKS = 40, 200
PIN_PREFIX = "pin-"


@dataclass(frozen=True)
class FigureValue:
    """A figure of a slide as it was: its name, what it is called, its value and unit."""

    name: str
    label: str
    value: float | None
    unit: Unit


@dataclass(frozen=True)
class SlideNumbers:
    """What a slide showed when somebody wrote on it: its computed title and its figures."""

    title: str = ""
    figures: tuple[FigureValue, ...] = ()


@dataclass(frozen=True)
class SlideText:
    """What a person wrote for a slide.

    Attributes:
        text: the title, remark or speaker notes.
        person: who wrote it; "" where nobody is named.
        at: when, UTC.
        numbers: what the slide showed then.
        seen: changes with every change; a writer who passes it learns of changes that he has not seen.
    """

    text: str
    person: str
    at: dt.datetime
    numbers: SlideNumbers = SlideNumbers()
    seen: str = ""


@dataclass(frozen=True)
class SlideRemark:
    """A remark: its id within the review, the slide that it stands on, and what was written."""

    remark_id: str
    slide: str
    written: SlideText


@dataclass(frozen=True)
class Pin:
    """A chart or table of a page that is a slide of a review.

    Attributes:
        question: name of its question.
        options: (option, value) pairs, sorted.
        query: the scope as the query of an address: parameter -> values, sorted.
        chart: name of the chart; "" for the table.
        title: what the card was called; "" for the title of the chart.
        pin_id: pin-1, pin-2 ...; also the name of its slide; "" before it is added.
    """

    question: str
    options: tuple[tuple[str, str], ...] = ()
    query: tuple[tuple[str, tuple[str, ...]], ...] = ()
    chart: str = ""
    title: str = ""
    pin_id: str = ""

    def shows_same_as(self, other: Pin) -> bool:
        """Return whether another pin shows the same chart or table, whatever it was called."""
        return replace(self, title="", pin_id="") == replace(other, title="", pin_id="")


@dataclass(frozen=True)
class Arrangement:
    """What people decided about the slides of one review.

    Attributes:
        order: names of slides in their order; () where nobody moved one.
        hidden: names of the slides that are not shown.
        titles: slide -> the title that somebody gave it.
        notes: slide -> speaker notes.
        remarks: in the order in which they were written.
        pins: in the order in which they were added.
    """

    order: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    titles: Mapping[str, SlideText] = field(default_factory=dict)
    notes: Mapping[str, SlideText] = field(default_factory=dict)
    remarks: tuple[SlideRemark, ...] = ()
    pins: tuple[Pin, ...] = ()


def arrangement(workspace: Workspace, review_id: str) -> Arrangement:
    """Return what people decided about the slides of a review; of an unknown one nothing."""
    rows = log.in_force(workspace, ORDER.name, SLIDE.name, REMARK.name, PIN.name)
    own = [row for row in rows if review_of(row.subject) == review_id]
    parts = {tuple(json.loads(row.subject)[1:]): row for row in own if row.kind == SLIDE.name}
    return Arrangement(
        next((tuple(row.value) for row in own if row.kind == ORDER.name), ()),
        frozenset(slide for slide, part in parts if part == "hidden"),
        {slide: _text(row) for (slide, part), row in parts.items() if part == "title"},
        {slide: _text(row) for (slide, part), row in parts.items() if part == "notes"},
        tuple(
            SlideRemark(_id_of(row), row.value["slide"], _text(row))
            for row in sorted(own, key=_position)
            if row.kind == REMARK.name
        ),
        tuple(_pin(row) for row in sorted(own, key=_position) if row.kind == PIN.name),
    )


def move(workspace: Workspace, review_id: str, slide: str, before: str, order: Sequence[str]) -> None:
    """Move a slide before another one, "" for the end.

    `order`: the names of all slides as they stood when that was chosen; what others moved meanwhile stays moved.
    Raises BadInput for a slide that is not in it, and what `records.change_within` raises.
    """
    if slide not in order or (before and before not in order):
        missing = before if slide in order else slide
        raise BadInput("No such slide", f"Could not move a slide because {missing} is not in this review.", "")
    with workspace.state.transaction(write=True) as connection:
        rows = log.in_force_within(connection, [ORDER.name])
        stored: Sequence[str] = next((row.value for row in rows if row.subject == review_id), ())
        names = [name for name in merged_order(stored, order) if name != slide]
        if before != slide:
            names.insert(names.index(before) if before else len(names), slide)
            change_within(connection, review_id, [Entry(ORDER.name, review_id, names)])


def hide(workspace: Workspace, review_id: str, slide: str, *, hidden: bool = True) -> None:
    """Hide a slide, or show it again. Raises what `records.change_within` raises."""
    _change(workspace, review_id, Entry(SLIDE.name, _subject(review_id, slide, "hidden"), True if hidden else None))


def retitle(
    workspace: Workspace, review_id: str, slide: str, title: str, numbers: SlideNumbers, *, seen: str = ""
) -> None:
    """Give a slide another title; "" brings the computed one back.

    `numbers`: what the slide shows now. `seen`: of the title that is replaced, "" where there was none.
    Raises BadInput for too long a one, Conflict where somebody changed it meanwhile, and as `change_within` does.
    """
    title = " ".join(title.split())
    _write(workspace, review_id, slide, "title", title, LONGEST_TITLE, numbers, seen)


def take_notes(workspace: Workspace, review_id: str, slide: str, text: str, *, seen: str = "") -> None:
    """Set what only the speaker sees of a slide; "" removes it. Raises as `retitle` does."""
    _write(workspace, review_id, slide, "notes", text.strip(), LONGEST_TEXT, SlideNumbers(), seen)


def remark(workspace: Workspace, review_id: str, slide: str, text: str, numbers: SlideNumbers) -> str:
    """Write a remark on a slide and return its id. Raises BadInput for no text or too long a one.

    `numbers`: what the slide shows now. Raises as `change_within` does.
    """
    text = _checked(text.strip(), LONGEST_TEXT)
    if not text:
        raise BadInput("No text", "Could not add the remark because it is empty.", "Write what the room should know.")
    value = {"slide": slide, "text": text} | _numbers_value(numbers)
    return _add(workspace, review_id, REMARK.name, "remark-", MOST_REMARKS, value)


def remove_remark(workspace: Workspace, review_id: str, remark_id: str) -> None:
    """Remove a remark. Raises what `records.change_within` raises."""
    _change(workspace, review_id, Entry(REMARK.name, _subject(review_id, remark_id), None))


def pin(workspace: Workspace, review_id: str, pinned: Pin) -> str:
    """Add a chart or table as a slide and return its id; the id of the one that is there where it is pinned already.

    Raises what `records.change_within` raises.
    """
    same = next((one for one in arrangement(workspace, review_id).pins if one.shows_same_as(pinned)), None)
    return same.pin_id if same else _add(workspace, review_id, PIN.name, PIN_PREFIX, MOST_PINS, _value_of(pinned))


def unpin(workspace: Workspace, review_id: str, pin_id: str) -> None:
    """Remove a pinned slide. Raises what `records.change_within` raises."""
    _change(workspace, review_id, Entry(PIN.name, _subject(review_id, pin_id), None))


def _change(workspace: Workspace, review_id: str, entry: Entry) -> None:
    with workspace.state.transaction(write=True) as connection:
        change_within(connection, review_id, [entry])


def _add(workspace: Workspace, review_id: str, kind: str, prefix: str, most: int, value: Any) -> str:
    with workspace.state.transaction(write=True) as connection:
        subjects = [name for name in log.subjects_within(connection, kind) if review_of(name) == review_id]
        if len(subjects) >= most:
            raise BadInput("Too many", f"Could not add more than {most} to one review.", "Remove what is not needed.")
        taken = (_number(json.loads(name)[1]) for name in subjects)
        new_id = f"{prefix}{max(taken, default=0) + 1}"
        change_within(connection, review_id, [Entry(kind, _subject(review_id, new_id), value)])
    return new_id


def _write(
    workspace: Workspace, review_id: str, slide: str, part: str, text: str, longest: int, numbers: SlideNumbers,
    seen: str,
) -> None:  # fmt: skip
    subject = _subject(review_id, slide, part)
    value = {"text": _checked(text, longest)} | _numbers_value(numbers) if text else None
    with workspace.state.transaction(write=True) as connection:
        rows = [row for row in log.history_within(connection, SLIDE.name) if row.subject == subject]
        newest = rows[-1] if rows else None
        current = str(newest.number) if newest and newest.value is not None else ""
        if newest and current != seen and newest.value != value:
            raise Conflict(
                "Changed meanwhile",
                f"Could not save because {newest.person or 'somebody'} changed it since you opened it.",
                "Nothing is lost: look at the change, then save again.",
            )
        change_within(connection, review_id, [Entry(SLIDE.name, subject, value)])


def _checked(text: str, longest: int) -> str:
    if len(text) > longest:
        raise BadInput("Too long", f"Could not save more than {longest} characters.", "Shorten it.")
    return text


def _subject(*parts: str) -> str:
    return json.dumps(parts, ensure_ascii=False)


def _id_of(row: Decision) -> str:
    return str(json.loads(row.subject)[1])


def _number(name: str) -> int:
    return int(name.rpartition("-")[2])


def _position(row: Decision) -> int:
    return _number(_id_of(row)) if row.kind in (REMARK.name, PIN.name) else 0


def _numbers_value(numbers: SlideNumbers) -> dict[str, Any]:
    figures = [[figure.name, figure.label, figure.value, figure.unit] for figure in numbers.figures]
    return {"title": numbers.title, "figures": figures}


def _text(row: Decision) -> SlideText:
    figures = (
        FigureValue(name, label, value, unit if unit in get_args(Unit) else "number")
        for name, label, value, unit in row.value.get("figures", ())
    )
    numbers = SlideNumbers(row.value.get("title", ""), tuple(figures))
    return SlideText(row.value["text"], row.person, row.at, numbers, str(row.number))


def _value_of(pinned: Pin) -> dict[str, Any]:
    return {
        "question": pinned.question, "options": dict(pinned.options), "chart": pinned.chart, "title": pinned.title,
        "query": {name: list(values) for name, values in pinned.query},
    }  # fmt: skip


def _pin(row: Decision) -> Pin:
    value = row.value
    return Pin(
        value["question"], tuple(sorted(value["options"].items())),
        tuple(sorted((name, tuple(values)) for name, values in value["query"].items())),
        value["chart"], value["title"], _id_of(row),
    )  # fmt: skip
