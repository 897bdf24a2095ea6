"""A deck as a text for mail: Markdown, or HTML without scripts and pictures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from cs_dash.answer import Column, Figure
from cs_dash.look import words
from cs_dash.look.templates import bold, render
from cs_dash.review.deck import Deck, Slide, SlideTable
from cs_dash.review.figure_text import figure_change

MOST_ROWS = 15
"""Rows of a table: a mail is read on a phone."""
_MARKUP = re.compile(r"[\\`*_{}\[\]<>|~#]")


def markdown(deck: Deck) -> str:
    """Return a deck as Markdown: a heading, facts and a table for each slide."""
    parts = [f"# {_escaped(deck.title)}", f"{_escaped(deck.scope_text)}; {_escaped(deck.data_text)}."]
    for slide in deck.shown:
        parts.append(f"## {_escaped(slide.title)}")
        facts = [*(_figure(figure, slide.currency) for figure in slide.figures), *map(_sentence, slide.lines)]
        facts += [f"*{_escaped(doubt)}*" for doubt in slide.doubts]
        parts += ["\n".join(f"- {fact}" for fact in facts)] if facts else []
        if slide.table is not None:
            parts += ["\n".join(_table(slide.table, slide.currency)), *map(_escaped, _more(slide.table))]
    return "\n\n".join([*parts, *([f"<{deck.address}>"] if deck.address else [])]) + "\n"


def mail_html(deck: Deck) -> str:
    """Return a deck as an HTML page that mail programs show: styles stand on the elements."""
    return str(
        render(
            "review/mail.html",
            deck=deck,
            slides=[_mail_part(slide) for slide in deck.shown],
        )
    )


def _mail_part(slide: Slide) -> Mapping[str, Any]:
    table = slide.table
    return {
        "title": slide.title,
        "figures": [
            (figure.label, words.figure_value(figure, slide.currency), _change(figure, slide.currency))
            for figure in slide.figures
        ],
        "lines": [bold(line) for line in slide.lines],
        "doubts": slide.doubts,
        "headings": [column.label for column in table.columns] if table else [],
        "rows": _cells(table, slide.currency) if table else [],
        "more": _more(table) if table else [],
    }


def _figure(figure: Figure, currency: str) -> str:
    change = _change(figure, currency)
    text = f"{_escaped(figure.label)}: **{words.figure_value(figure, currency)}**"
    return f"{text} ({_escaped(change)})" if change else text


def _change(figure: Figure, currency: str) -> str:
    change = figure_change(figure, currency)
    return change.text if change else ""


def _sentence(text: str) -> str:
    """Return a sentence with its figures in bold, and nothing else that Markdown would read."""
    return "**".join(_escaped(part) for part in text.split("**"))


def _table(table: SlideTable, currency: str) -> list[str]:
    headings = [_escaped(column.label) for column in table.columns]
    lines = [headings, ["---"] * len(headings), *([_escaped(cell) for cell in row] for row in _cells(table, currency))]
    return [f"| {' | '.join(line)} |" for line in lines]


def _cells(table: SlideTable, currency: str) -> list[list[str]]:
    rows = table.rows.slice(0, MOST_ROWS).to_pylist()
    return [[_cell(column, row[column.name], currency) for column in table.columns] for row in rows]


def _cell(column: Column, value: Any, currency: str) -> str:
    return "" if value is None else words.cell(column.displayed(value), column.unit, currency)


def _more(table: SlideTable) -> list[str]:
    more = table.rows.num_rows - MOST_ROWS
    return [f"and {words.plural(more, 'more row')}"] if more > 0 else []


def _escaped(text: str) -> str:
    return " ".join(_MARKUP.sub(r"\\\g<0>", text).split("\n"))
