"""Findings as lines of text: good and bad news marked by a word and a shape, doubts in grey."""

from __future__ import annotations

from cs_dash.answer import Answer
from cs_dash.look import words
from cs_dash.ui.components.html import html
from cs_dash.ui.components.text import escaped, rich

AT_ONCE = 8
MARKS = {True: ("good", "▲", "good news"), False: ("bad", "▼", "bad news"), None: ("even", "•", "")}


def lines_of(answer: Answer, column: str) -> None:
    """Show the text `column` of an answer's rows as lines, the first eight at once.

    A column `good` (true, false, missing) marks the news, a column `doubt` adds a grey line.
    """
    rows = [row for row in answer.rows.to_pylist() if row[column]]
    lines = [_line(row[column], row.get("good"), row.get("doubt") or "") for row in rows]
    if not lines:
        return
    more_lines = lines[AT_ONCE:]
    label = words.plural(len(more_lines), "more line")
    more = f"<details><summary class='note'>{label}</summary>{''.join(more_lines)}</details>"
    html(
        f'<section class="cs-lines"><div class="chart-title">{escaped(answer.title)}</div>'
        f'<div class="chart-subtitle">{rich(answer.headline)}</div>{"".join(lines[:AT_ONCE])}'
        f"{more if more_lines else ''}</section>"
    )


def _line(text: str, good: bool | None, doubt: str) -> str:
    name, shape, news = MARKS[good]
    return (
        f'<p class="cs-line"><i class="cs-{name}" role="img" aria-label="{news}" title="{news}">{shape}</i>'
        f"<span>{rich(text)}{f' <em>{escaped(doubt)}</em>' if doubt else ''}</span></p>"
    )
