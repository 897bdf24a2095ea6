"""Findings as lines of text: good and bad news marked by a word and a shape, doubts in grey."""

from __future__ import annotations

from cs_dash.answer import Answer
from cs_dash.look import words
from cs_dash.look.templates import render
from cs_dash.ui.components.html import html

AT_ONCE = 8
MARKS = {True: ("good", "▲", "good news"), False: ("bad", "▼", "bad news"), None: ("even", "•", "")}


def lines_of(answer: Answer, column: str) -> None:
    """Show the text `column` of an answer's rows as lines, the first eight at once.

    A column `good` (true, false, missing) marks the news, a column `doubt` adds a grey line.
    """
    rows = [
        _line(row[column], row.get("good"), row.get("doubt") or "") for row in answer.rows.to_pylist() if row[column]
    ]
    if not rows:
        return
    html(
        render(
            "components/lines.html",
            title=answer.title,
            headline=answer.headline,
            rows=rows[:AT_ONCE],
            more_rows=rows[AT_ONCE:],
            more_label=words.plural(len(rows) - AT_ONCE, "more line"),
        )
    )


def _line(text: str, good: bool | None, doubt: str) -> dict[str, str]:
    news, shape, news_text = MARKS[good]
    return {"news": news, "shape": shape, "news_text": news_text, "text": text, "doubt": doubt}
