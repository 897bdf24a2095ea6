"""Findings as lines of text: good and bad news marked by a word and a shape, doubts in grey, names as links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cs_dash.answer import Answer
from cs_dash.look import words
from cs_dash.look.templates import render
from cs_dash.ui.components.html import html
from cs_dash.ui.components.tables.links import target_href, target_of
from cs_dash.ui.state import address

AT_ONCE = 8
MARKS = {True: ("good", "▲", "positive"), False: ("bad", "▼", "negative"), None: ("even", "•", "")}


def lines_of(answer: Answer, column: str) -> None:
    """Show the text `column` of an answer's rows as lines, the first eight at once.

    A column `good` (true, false, missing) marks the news, a column `doubt` adds a grey line. Where the row is that of
    an account, the account's name in the text leads to its page.
    """
    scope = address.of_scope(address.read())
    rows = [_line(row, row[column], scope) for row in answer.rows.to_pylist() if row[column]]
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


def _line(row: Mapping[str, Any], text: str, scope: address.Query) -> dict[str, str]:
    news, shape, news_text = MARKS[row.get("good")]
    line = {"news": news, "shape": shape, "news_text": news_text, "text": text, "doubt": row.get("doubt") or ""}
    href = target_href(target_of("account", list(row)), row, scope)
    name = row.get("account") or row.get("group") or ""
    before, found_name, after = text.partition(name) if href and name else (text, "", "")
    if found_name and before.endswith("**") and after.startswith("**"):
        before, after = before.removesuffix("**"), after.removeprefix("**")
    return line | {"before": before, "name": found_name, "after": after, "href": href if found_name else ""}
