"""The parts of a slide in words: figures, rows of tables, what the numbers come from."""

from __future__ import annotations

from typing import Any

from cs_dash.answer import Figure
from cs_dash.charts import Chart
from cs_dash.look import words
from cs_dash.look.charts import chart_table, frame
from cs_dash.review.deck import Remark, Source
from cs_dash.review.figure_text import figure_change, figure_facts
from cs_dash.scope import ONE_DAY


def figure_parts(figure: Figure, currency: str, locale: str) -> dict[str, str]:
    """Return a figure in words: value, label, its change ("news" says whether it is good), and what limits it."""
    change = figure_change(figure, currency, locale)
    moved, _, against = change.text.partition(" vs ") if change else ("", "", "")
    return {
        "name": figure.name,
        "value": words.figure_value(figure, currency, locale),
        "label": figure.label,
        "news": change.news if change else "even",
        "change": moved,
        "against": f"vs {against}" if against else "",
        "base": " · ".join(figure_facts(figure, currency, locale)),
    }


def chart_rows(chart: Chart, locale: str) -> dict[str, Any]:
    """Return the numbers that a chart draws as a table: heads, and rows in words."""
    listed = chart_table(chart, frame(chart, locale))
    heads = [{"label": head, "number": at >= listed.first_number, "width": ""} for at, head in enumerate(listed.heads)]
    return {"heads": heads, "rows": list(listed.rows), "more": 0, "more_columns": 0, "tall": False}


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
