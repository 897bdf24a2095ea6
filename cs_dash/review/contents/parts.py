"""What every part of a deck is made of: slides from answers, and sentences about what is missing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure
from cs_dash.charts import Chart, CohortTriangle, HeatMap, IntervalChart, LineChart, RankedChart, SmallMultiples
from cs_dash.review.deck import Slide, SlideForm, SlideTable, Source
from cs_dash.schema.tables import noun_of

LONGEST_TITLE = 90
MOST_DOUBTS = 2
MOST_FIGURES = 4
MOST_LINES = 6
_SENTENCE_END = re.compile(r"(?:(?<=[a-z0-9%)”])|(?<=[A-Z]{2}))(?<!\bCo)[.] (?=[A-Z“0-9€$])")
"""Not after a single capital, nor after "Co": "S.A. Groupe" and "Müller GmbH & Co. KG" are names."""
_NOTHING = re.compile(r"0 ")


@dataclass(frozen=True)
class Section:
    """A part of a deck.

    Attributes:
        slides: in their order; none where the data for it are missing.
        missing: what is missing and what to load, one sentence each; they stand in the appendix.
    """

    slides: tuple[Slide, ...] = ()
    missing: tuple[str, ...] = ()

    @classmethod
    def of(cls, *parts: Slide | str | None) -> Section:
        """Return the section of slides and sentences about what is missing, in their order; None is left out."""
        slides = tuple(part for part in parts if isinstance(part, Slide))
        return cls(slides, tuple(dict.fromkeys(part for part in parts if isinstance(part, str))))


def absent(subject: str, answer: Answer) -> str:
    """Return the sentence that says why the deck has no slide about a subject, and what to load."""
    if answer.missing_tables:
        tables = [noun_of(table) for table in answer.missing_tables]
        return f"{subject}: load {' and '.join(tables)}."
    reasons = [note.text for note in answer.notes if note.kind == "missing"]
    return f"{subject}: {plain(reasons[0] if reasons else answer.headline)}"


def slide(
    name: str,
    section: str,
    answer: Answer,
    title: str,
    *sources: Source,
    form: SlideForm = "finding",
    subtitle: str = "",
    figures: Iterable[Figure] = (),
    chart: Chart | None = None,
    table: SlideTable | None = None,
    lines: Iterable[str] = (),
    item: str = "",
) -> Slide:
    """Return a slide whose doubts, definition and currency are those of its main answer."""
    return Slide(
        name=name,
        form=form,
        section=section,
        title=title,
        subtitle=subtitle or (chart.subtitle if chart else ""),
        figures=tuple(figures)[:MOST_FIGURES],
        chart=chart,
        table=table,
        lines=tuple(line for line in lines if line)[:MOST_LINES],
        doubts=doubts_of(answer),
        definition=answer.definition,
        sources=sources,
        currency=answer.currency,
        item=item,
    )


def doubts_of(answer: Answer) -> tuple[str, ...]:
    """Return the caveats of an answer that change how its numbers are read."""
    return tuple(note.text for note in answer.notes if note.kind in ("contradiction", "doubt"))[:MOST_DOUBTS]


def figures_of(answer: Answer, *names: str) -> tuple[Figure, ...]:
    """Return the figures of an answer by name, those that have a value, in the order of the names."""
    by_name = {figure.name: figure for figure in answer.figures}
    return tuple(by_name[name] for name in names if name in by_name and by_name[name].value is not None)


def figure_named(answer: Answer, name: str) -> Figure | None:
    """Return a figure of an answer that has a value; None where it has none."""
    return next(iter(figures_of(answer, name)), None)


def chart_named(answer: Answer, name: str) -> Chart | None:
    """Return a chart of an answer; None where it has none of this name, or nothing is drawn on it."""
    chart = next((chart for chart in answer.charts if chart.name == name), None)
    return chart if chart is not None and _is_drawn(chart) else None


def _is_drawn(chart: Chart) -> bool:
    measured = chart.x if isinstance(chart, (RankedChart, IntervalChart)) else chart.y
    if isinstance(chart, (CohortTriangle, HeatMap, SmallMultiples)):
        measured = chart.value
    values = chart.rows[measured]
    if isinstance(chart, LineChart) and len(set(chart.rows[chart.x].to_pylist())) < 2:
        return False
    return bool(len(values) > values.null_count)


def table_of(answer: Answer, *names: str, rows: pa.Table | None = None) -> SlideTable | None:
    """Return the table of an answer, with the columns named that have values; None where no row is left.

    `rows`: those of its rows that the slide is about; None: all.
    """
    shown = answer.rows if rows is None else rows
    if not shown.num_rows:
        return None
    by_name = {column.name: column for column in answer.columns}
    columns = [by_name[name] for name in names if name in by_name and _has_values(shown[name])]
    return SlideTable(tuple(columns), shown, answer.rows.num_rows)


def _has_values(values: pa.ChunkedArray) -> bool:
    return any(value not in (None, "") for value in values.to_pylist())


def rows_where(answer: Answer, column: str, values: Collection[Any]) -> pa.Table:
    """Return the rows of an answer that have one of the values in a column."""
    return answer.rows.filter(pa.array([value in values for value in answer.rows[column].to_pylist()], pa.bool_()))


def text_table(columns: Sequence[Column], rows: Sequence[dict[str, Any]]) -> SlideTable:
    """Return a table of texts."""
    names = [column.name for column in columns]
    table = pa.table({name: pa.array([row.get(name) for row in rows], pa.string()) for name in names})
    return SlideTable(tuple(columns), table, table.num_rows)


def plain(text: str) -> str:
    """Return a text without its marks of emphasis."""
    return text.replace("**", "")


def sentences(text: str) -> list[str]:
    """Return the sentences of a headline."""
    return [part for part in _SENTENCE_END.split(plain(text).strip()) if part]


def title_of(*candidates: str) -> str:
    """Return the first candidate that is short enough for a title; else the last one, cut at a clause or a word.

    A candidate that is a whole headline counts with its first sentence, or the first that is about something.
    """
    texts = [_first_finding(sentences(candidate)).removesuffix(".") for candidate in candidates if candidate]
    for text in texts:
        if len(text) <= LONGEST_TITLE:
            return text
    return _cut(texts[-1])


def _first_finding(parts: Sequence[str]) -> str:
    return next((part for part in parts if not _NOTHING.match(part)), parts[0])


def _cut(text: str) -> str:
    head = text[: LONGEST_TITLE + 1]
    clause = max(head.rfind(sign) for sign in (", ", "; ", ": ", " ("))
    if clause > LONGEST_TITLE // 2:
        return head[:clause]
    return f"{head[: LONGEST_TITLE - 1].rsplit(' ', 1)[0]} …"


def short_name(name: str, longest: int = 40) -> str:
    """Return a name as it stands within a title: a long one is cut."""
    return name if len(name) <= longest else f"{name[: longest - 1].rstrip()}…"
