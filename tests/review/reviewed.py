"""Decks of test workspaces, and whether every number on them is one of an answer."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer
from cs_dash.decisions.audits import audits
from cs_dash.decisions.reviews.records import ReviewNumbers
from cs_dash.look import words
from cs_dash.pipeline import Workspace, derived_artifacts
from cs_dash.review.asking import Ask, ask_of
from cs_dash.review.deck import Deck, Slide, SlideTable
from cs_dash.review.quarter import Quarter
from cs_dash.units import Unit
from tests.workspaces import opened

Q3 = Quarter(2026, 3)
NUMBER = re.compile(r"\d[\d,.]*\d|\d")


def ask_in(workspace: Workspace) -> Ask:
    """Return what asks the version that a workspace shows."""
    version = workspace.current()
    assert version is not None
    return ask_of(opened(workspace, derived_artifacts(workspace, version)), audits(workspace))


def numbers_in(workspace: Workspace) -> ReviewNumbers:
    """Return which version a workspace shows."""
    version = workspace.current()
    assert version is not None
    return ReviewNumbers(version.number, version.created_at, "", version.newest_day)


def texts_of_slide(slide: Slide) -> list[str]:
    """Return every text of a slide that a person reads, the labels of figures and columns excepted."""
    return [slide.title, slide.subtitle, *slide.lines, *slide.doubts]


def strings_of(value: Any) -> Iterator[str]:
    """Yield every text in a deck: labels, rows of charts and tables, definitions and sources included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, pa.Table):
        yield from strings_of([value.column_names, *(column.to_pylist() for column in value.columns)])
    elif isinstance(value, Mapping):
        yield from strings_of([*value.keys(), *value.values()])
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from strings_of(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from strings_of(getattr(value, field.name))


def names_in(deck: Deck, names: Iterable[str]) -> list[str]:
    """Return which of the names stand anywhere in a deck."""
    text = "\n".join(strings_of(deck)).casefold()
    return [name for name in names if name.casefold() in text]


def account_names(workspace: Workspace) -> dict[str, str]:
    """Return the name of every account by its id."""
    return {row["account_id"]: row["account"] for row in opened(workspace)("account_names").to_pylist()}


def unexplained(deck: Deck, ask: Ask) -> list[str]:
    """Return what stands on the slides of a deck and is in none of the answers that they name."""
    return [f"{slide.name}: {text}" for slide in deck.slides for text in _unexplained(slide, ask)]


def _unexplained(slide: Slide, ask: Ask) -> Iterator[str]:
    answers = [ask(source.question, source.scope, dict(source.options)) for source in slide.sources]
    if not answers:
        return
    rows = [row for answer in answers for row in answer.rows.to_pylist()]
    for figure in slide.figures:
        is_cell = any(figure.name in row and row[figure.name] == figure.value for row in rows)
        if not is_cell and not any(figure in answer.figures for answer in answers):
            yield f"figure {figure.name} = {figure.value}"
    if slide.chart is not None and not any(slide.chart in answer.charts for answer in answers):
        yield f"chart {slide.chart.name}"
    if slide.table is not None:
        yield from _unexplained_rows(slide.table, answers)
    numbers = {number for answer in answers for text in _texts(answer) for number in NUMBER.findall(text)}
    numbers |= {number for source in slide.sources for day in _days(source.scope.start, source.scope.as_of)
                for number in NUMBER.findall(day)}  # fmt: skip
    if slide.table is not None:
        numbers.add(words.count(slide.table.rows.num_rows))
    for text in texts_of_slide(slide):
        yield from (f"{number} in {text!r}" for number in NUMBER.findall(text) if number not in numbers)


def _unexplained_rows(table: SlideTable, answers: Iterable[Answer]) -> Iterator[str]:
    names = [column.name for column in table.columns]
    answered = [row for answer in answers for row in answer.rows.to_pylist()]
    figures = [{figure.name: figure.value for figure in answer.figures} for answer in answers]
    for row in table.rows.to_pylist():
        shown = {name: row[name] for name in names}
        is_row = any(all(name in other and other[name] == value for name, value in shown.items()) for other in answered)
        is_answer = any(
            all(other[name] == value for name, value in shown.items() if name in other) for other in figures if other
        )
        if not is_row and not is_answer:
            yield f"row {shown}"


def _days(*days: dt.date | None) -> list[str]:
    """Return the days, and the quarters that they lie in, in words."""
    return [text for day in days if day for text in (words.date(day), Quarter.containing(day).title)]


def _texts(answer: Answer) -> Iterator[str]:
    """Yield every text of an answer, and every value of it as any of our formats writes it."""
    yield answer.headline
    yield from (note.text for note in answer.notes)
    for chart in answer.charts:
        yield from (chart.title, chart.subtitle)
    for figure in answer.figures:
        yield words.figure_value(figure, answer.currency)
        yield words.number(figure.value)
        yield words.count(figure.n)
        yield words.change(figure.value, figure.previous, figure.unit, answer.currency)
    yield from (column.label for column in answer.columns)
    units: dict[str, Unit] = {column.name: column.unit for column in answer.columns}
    for row in answer.rows.to_pylist():
        for name, value in row.items():
            yield from _written(value, units.get(name, "text"), answer.currency)


def _written(value: Any, unit: Unit, currency: str) -> Iterator[str]:
    if isinstance(value, list):
        for element in value:
            yield from _written(element, unit, currency)
        return
    yield words.cell(value, unit, currency)
    if isinstance(value, float):
        yield words.money(value, currency)
        yield words.share(abs(value))
        yield words.count(round(value))
