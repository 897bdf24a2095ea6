"""The parts of a slide in words: figures, rows of tables, what the numbers come from."""

from __future__ import annotations

import re
from typing import Any

from cs_dash.answer import Column, Figure
from cs_dash.charts import Chart
from cs_dash.look import words
from cs_dash.look.charts import chart_table, frame
from cs_dash.review.deck import Remark, SlideTable, Source
from cs_dash.scope import ONE_DAY

NEWS = {"up": ("good", "bad"), "down": ("bad", "good"), "neither": ("even", "even")}
NUMBERS = frozenset({"share", "money", "count", "number", "ratio", "score", "points", "months", "days", "minutes"})
MOST_ROWS = 200
"""Rows of a table that the notes on its data list."""
_PLURAL_S = re.compile(r"(?<=\w)s\b")


def figure_parts(figure: Figure, currency: str, locale: str) -> dict[str, str]:
    """Return a figure in words: value, label, its change ("news" says whether it is good), and what limits it."""
    difference = words.figure_change(figure, currency, locale) if figure.previous is not None else ""
    moved = figure.value is not None and difference[:1] in ("+", "−")
    up = figure.value is not None and figure.previous is not None and figure.value > figure.previous
    parts = []
    if figure.low is not None and figure.high is not None:
        parts.append(f"95\u202f% CI {words.interval(figure.low, figure.high, figure.unit, currency, locale)}")
    if figure.n is not None and f"n = {figure.n}" not in figure.caveat:
        label = figure.n_label or "accounts"
        noun = _PLURAL_S.sub("", label, count=1) if figure.n == 1 else label
        parts.append(f"{words.count(figure.n, locale)} {noun}")
    parts += [text for text in (figure.caveat, figure.benchmark) if text]
    against = figure.previous_label.removeprefix("from ") or "the previous period"
    known = figure.value is not None and figure.previous is not None and difference != words.MISSING
    return {
        "name": figure.name,
        "value": words.figure_value(figure, currency, locale),
        "label": figure.label,
        "news": NEWS[figure.better][0 if up else 1] if moved else "even",
        "change": (f"{'↑' if up else '↓'} {difference[1:]}" if moved else "unchanged") if known else "",
        "against": f"vs {against}" if known else "",
        "base": " · ".join(parts),
    }


def table_parts(table: SlideTable, rows: int, currency: str, locale: str) -> dict[str, Any]:
    """Return the heads and the first rows of a table in words, and how many rows of the answer there are beside."""
    shown = table.rows.slice(0, rows)
    columns = [
        [_cell(column, value, currency, locale) for value in shown.column(column.name).to_pylist()]
        for column in table.columns
    ]
    heads = [{"label": column.label, "number": column.unit in NUMBERS} for column in table.columns]
    return {"heads": heads, "rows": list(zip(*columns, strict=True)), "more": table.total - shown.num_rows}


def _cell(column: Column, value: Any, currency: str, locale: str) -> str:
    if value is None:
        return words.NOT_APPLICABLE if column.absent else words.MISSING
    return words.cell(column.displayed(value), column.unit, currency, locale)


def chart_rows(chart: Chart, locale: str) -> dict[str, Any]:
    """Return the numbers that a chart draws as a table: heads, and rows in words."""
    listed = chart_table(chart, frame(chart, locale))
    heads = [{"label": head, "number": at >= listed.first_number} for at, head in enumerate(listed.heads)]
    return {"heads": heads, "rows": list(listed.rows), "more": 0}


def source_text(source: Source, locale: str) -> str:
    """Return what numbers come from in one line: the question, its options, and the scope that it was asked for."""
    scope = source.scope
    parts = [source.question, *(f"{name} {value}" for name, value in source.options)]
    if scope.start and scope.end:
        parts.append(f"{words.date(scope.start, locale)} to {words.date(scope.end - ONE_DAY, locale)}")
    if scope.as_of:
        parts.append(f"as of {words.date(scope.as_of, locale)}")
    parts += [f"{words.field_words(name)} {', '.join(values)}" for name, values in scope.filters]
    return " · ".join(parts)


def remark_parts(remark: Remark, locale: str) -> dict[str, str]:
    """Return a remark in words: its text, who wrote it when, and how the numbers moved since."""
    by = ", ".join(part for part in (remark.person, words.date(remark.day, locale)) if part)
    return {"text": remark.text, "by": by, "outdated": remark.outdated}
