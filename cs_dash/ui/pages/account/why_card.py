"""Why the score is what it is: a bar for each input whose points changed, which add up to the change of the score."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cs_dash.answer import Answer
from cs_dash.look import words
from cs_dash.look.locales import MINUS
from cs_dash.look.templates import Markup, render
from cs_dash.scope import months_before
from cs_dash.ui.components.text import locale
from cs_dash.ui.state import address

COMPARED = "from"
Row = dict[str, Any]


def why_card(answer: Answer, summary: Answer, last_day: str) -> Markup:
    """Return the card of an answer of `health.why`; "" where nothing is scored.

    `last_day`: the second day that was asked for, ISO; "" for the as-of date.
    """
    rows: list[Row] = answer.rows.to_pylist()
    if not rows or answer.missing_tables:
        return Markup()
    before, after = (answer.figure(name).value for name in ("score_before", "score_after"))
    coverage = answer.figure("coverage").value
    to_day = dt.date.fromisoformat(last_day) if last_day else summary.as_of
    moved = [row for row in rows if row["change"]]
    unchanged = [row for row in rows if row["change"] == 0]
    if before is None or after is None:  # nothing to compare: what there is stands by itself
        moved, unchanged = [row for row in rows if row["input"] != "weights"], []
    against = answer.figure("score_before").label.removeprefix("Score on ")
    compared = f"{'Compared with' if after is None else 'Points vs'} {against}"
    known = f"data coverage {words.share(coverage, locale=locale())}" if coverage is not None else ""
    return render(
        "account/why.html",
        title=_title(before, after),
        subtitle=" · ".join(filter(None, (compared, known))),
        compare=_days(to_day, against) if to_day else [],
        scored=after is not None,
        rows=_bars(moved, before is not None and after is not None),
        unchanged=", ".join(row["label"] for row in unchanged),
        unchanged_count=words.plural(len(unchanged), "input", locale=locale()),
        total=signed(after - before) if before is not None and after is not None else "",
        scores=(words.count(before, locale()), words.count(after, locale())) if before is not None else (),
    )


def _title(before: float | None, after: float | None) -> str:
    if after is None:
        return "What is known, too little for a score"
    score = words.count(after, locale())
    if before is None or before == after:
        return f"Why {score}"
    return f"Why {score} and not {words.count(before, locale())}"


def _bars(rows: list[Row], compared: bool) -> list[dict[str, Any]]:
    column = "change" if compared else "points_after"
    largest = max((abs(row[column] or 0.0) for row in rows), default=0.0) or 1.0
    return [
        {
            "label": row["label"], "words": row["words"], "direction": "gain" if (row[column] or 0) > 0 else "loss",
            "width": f"{abs(row[column] or 0.0) / largest * 50:.1f}",
            "points": "" if row[column] is None else signed(row[column]) if compared else points(row[column]),
        }
        for row in rows
    ]  # fmt: skip


def _days(to_day: dt.date, compared: str) -> list[dict[str, Any]]:
    """Return the days that the score can be compared with, each with its link."""
    choices = {
        "4 weeks before": to_day - dt.timedelta(28), "12 weeks": to_day - dt.timedelta(84),
        "6 months": months_before(to_day, 6), "a year": months_before(to_day, 12),
    }  # fmt: skip
    return [
        {
            "label": label,
            "link": address.link_here("account", **{COMPARED: "" if place == 0 else day.isoformat()}),
            "current": words.date(day) == compared,
        }
        for place, (label, day) in enumerate(choices.items())
    ]


def points(value: float) -> str:
    """Return points of a score: "14.2"."""
    return words.number(value, 0 if value == round(value) else 1, locale())


def signed(value: float) -> str:
    """Return a change of points with its sign: "−14.2"."""
    return (MINUS if value < 0 else "+" if value > 0 else "") + points(abs(value))
