"""A deck: the slides of one review, as frozen values which the page, the presentation and every export only render.

    Deck
    └── Slide            one finding: its title is a sentence computed from the numbers
        ├── figures      the numbers beside it, the most important one first
        ├── chart        at most one drawing, or
        ├── table        at most one table
        ├── lines        a few facts in words
        └── sources      the questions, options and scopes that the numbers come from

A number on a slide is always one of an `Answer`: nothing is computed while a slide is rendered.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

from cs_dash.answer import Column, Definition, Figure
from cs_dash.charts import Chart
from cs_dash.scope import Scope

SlideForm = Literal["title", "finding", "decision", "appendix"]


@dataclass(frozen=True)
class Source:
    """What a part of a slide was answered from: ask it again, and the same numbers come.

    Attributes:
        question: name of the question.
        options: (option, value) pairs, sorted.
        scope: the scope it was asked for, resolved.
    """

    question: str
    options: tuple[tuple[str, str], ...]
    scope: Scope


@dataclass(frozen=True)
class SlideTable:
    """A table on a slide: rows of an answer, or the first of them.

    Attributes:
        columns: the columns that the slide shows, in their order; each is a column of `rows`.
        rows: all rows that the slide speaks of; a slide shows the first ones, a paginated export all.
        total: how many rows the answer has.
    """

    columns: tuple[Column, ...]
    rows: pa.Table
    total: int


@dataclass(frozen=True)
class Remark:
    """What a person wrote on a slide.

    Attributes:
        text: the remark.
        person: who wrote it.
        day: on which day.
        outdated: how the numbers moved since it was written, in one sentence; "" where they did not.
    """

    text: str
    person: str
    day: dt.date
    outdated: str = ""


@dataclass(frozen=True)
class Slide:
    """One slide.

    Attributes:
        name: fixed name, unique in its deck ("retention", "item-R-3", "pin-2").
        form: "title" for the first one, "decision" where a decision is asked, "appendix" after the end.
        section: the part of the deck that it belongs to ("Retention").
        title: the finding, a sentence; a person's own title replaces it.
        subtitle: what is shown, in which unit and since when.
        figures: the numbers beside the chart, the most important one first; at most four.
        chart: the drawing, or None.
        table: the table, or None.
        lines: facts in words, `**` marks the figures; at most six.
        doubts: caveats of the numbers that are shown, one sentence each.
        definition: what the main number means, or None.
        sources: what the numbers come from.
        currency: code of the currency of its amounts, or "".
        item: id of the roadmap item on which this slide asks for a decision, or "".
        remarks: what people wrote on it.
        computed_title: the computed title where a person's own replaced it, else "".
        title_outdated: how the numbers moved since a person wrote the title, in one sentence; "" where they did not.
        hidden: it is not shown and not exported; the page still lists it.
        speaker_notes: what only the speaker sees.
    """

    name: str
    form: SlideForm
    section: str
    title: str
    subtitle: str = ""
    figures: tuple[Figure, ...] = ()
    chart: Chart | None = None
    table: SlideTable | None = None
    lines: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    definition: Definition | None = None
    sources: tuple[Source, ...] = ()
    currency: str = ""
    item: str = ""
    remarks: tuple[Remark, ...] = ()
    computed_title: str = ""
    title_outdated: str = ""
    hidden: bool = False
    speaker_notes: str = ""


@dataclass(frozen=True)
class Deck:
    """The slides of one review.

    Attributes:
        title: what is reviewed ("Roadmap review Q3 2026", "Account review: Acme").
        company: whose customers they are; "" where the data do not name it.
        as_of: the as-of date of every balance.
        scope_text: the period and the filters in words ("July to September 2026, all accounts").
        data_text: which load the numbers come from ("load 14 of 2 Oct 2026, frozen").
        slides: in their order, hidden ones included.
        address: address of the app that the deck was made in, or "": links lead there.
    """

    title: str
    company: str
    as_of: dt.date | None
    scope_text: str
    data_text: str
    slides: tuple[Slide, ...]
    address: str = ""

    @property
    def shown(self) -> tuple[Slide, ...]:
        """The slides that are not hidden, in their order: what is presented and exported."""
        return tuple(slide for slide in self.slides if not slide.hidden)

    def numbered(self) -> Iterator[tuple[int, Slide]]:
        """Yield (number from 1, slide) of the slides that are shown."""
        yield from enumerate(self.shown, 1)
