"""The score and the MRR of an account over a year, one below the other on one time axis, with its events on them.

The lines are masks over a colour, as in the small trends of figures: they follow the theme, the width and the printer.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from cs_dash.answer import Answer
from cs_dash.look import words
from cs_dash.look.templates import Markup, render
from cs_dash.ui.components.text import locale

WIDTH, HEIGHT = 1000, 100
MARKED = {
    "churn": "bad", "downsell": "bad", "notice": "bad", "contract": "accent", "shipped": "good", "survey": "quiet",
}  # fmt: skip
"""Events that are marked on the lines -> the colour of the mark."""
NAMED = ("churn", "downsell", "notice", "contract")
"""Those that have their words beside the mark, where there is room."""
ROOM = 21.0
"""Percent of the width that the words of a mark take."""
Row = dict[str, Any]
Point = tuple[dt.date, float]


def history_card(summary: Answer) -> Markup:
    """Return the card with the charts of `account.summary`; "" where there are none."""
    charts = {chart.name: chart for chart in summary.charts}
    if not charts:
        return Markup()
    any_chart = next(iter(charts.values()))
    days: list[dt.date] = any_chart.rows["day"].to_pylist()
    span = Span(days[0], days[-1])
    events = [row for row in summary.rows.to_pylist() if span.first < row["date"] <= span.last]
    strips = []
    if "score" in charts:
        scores = charts["score"].rows["score"].to_pylist()
        points = [(day, score) for day, score in zip(days, scores, strict=True) if score is not None]
        strips.append(
            {"name": "Score", "runs": _runs(days, scores, span, 0, 100), "ticks": [("100", 0), ("50", 50), ("0", 100)],
             "end": _end(points, span, 0, 100, words.count(points[-1][1], locale())), "tall": True,
             "points": [_tip(day, f"score {words.count(score, locale())}", span) for day, score in points]}
        )  # fmt: skip
    if "mrr" in charts:
        strips.append(_mrr_strip(charts["mrr"].rows.to_pylist(), events, span, summary.currency))
    titles = [charts[name].title for name in ("score", "mrr") if name in charts]
    return render(
        "account/history.html",
        title="; ".join(titles),
        subtitle=f"{' and '.join(strip['name'] for strip in strips)}, {words.date(span.first, locale())} to "
        f"{words.date(span.last, locale())}, with the account's events",
        strips=strips,
        marks=_marks(events, span),
        months=_months(span),
        drawn={"width": WIDTH, "height": HEIGHT},
    )


class Span:
    """The days that the lines are drawn over, as percent of the width."""

    def __init__(self, first: dt.date, last: dt.date) -> None:
        self.first, self.last = first, last

    def at(self, day: dt.date) -> float:
        """Return where a day lies, 0 to 100."""
        return 100 * (day - self.first).days / max((self.last - self.first).days, 1)


def _runs(days: list[dt.date], values: list[float | None], span: Span, low: float, high: float) -> list[str]:
    """Return the line as runs of points, with gaps where there is no value."""
    runs: list[list[str]] = [[]]
    for day, value in zip(days, values, strict=True):
        if value is None:
            runs.append([])
            continue
        runs[-1].append(f"{span.at(day) * WIDTH / 100:.1f},{_level(value, low, high) * HEIGHT / 100:.1f}")
    return [" ".join(run) for run in runs if len(run) > 1]


def _level(value: float, low: float, high: float) -> float:
    """Return how far below the top a value lies, 2 to 98 percent, so that no line is cut at the edge."""
    return 98 - 96 * (value - low) / (high - low) if high > low else 50.0


def _mrr_strip(rows: list[Row], events: list[Row], span: Span, currency: str) -> dict[str, Any]:
    """Return the strip of the MRR: it holds from one change of the contract to the next."""
    changes = sorted((row["date"], row["amount"], row["amount_before"]) for row in events if row["event"] == "contract")
    known = [(row["day"], row["mrr"]) for row in rows if row["mrr"] is not None]
    points: list[Point] = [(known[0][0], known[0][1])]
    for day, amount, before in changes:
        if day > points[0][0]:
            points += [(day, before), (day, amount)]
    points.append((known[-1][0], known[-1][1]))
    top = max(amount for _, amount in points) * 1.1 or 1.0
    days, amounts = [day for day, _ in points], [amount for _, amount in points]
    most = words.money(max(amounts), currency, locale=locale())
    return {
        "name": "MRR", "runs": _runs(days, list(amounts), span, 0, top), "tall": False,
        "ticks": [(most, _level(max(amounts), 0, top)), ("0", 100)],
        "end": _end(points, span, 0, top, words.money(points[-1][1], currency, full=True, locale=locale())),
        "points": [_tip(day, words.money(amount, currency, full=True, locale=locale()), span) for day, amount in known],
    }  # fmt: skip


def _end(points: list[Point], span: Span, low: float, high: float, text: str) -> dict[str, Any]:
    day, value = points[-1]
    return {"left": f"{span.at(day):.2f}", "top": f"{_level(value, low, high):.1f}", "text": text}


def _tip(day: dt.date, text: str, span: Span) -> dict[str, str]:
    return {"left": f"{span.at(day):.2f}", "text": f"{words.date(day, locale())}: {text}"}


def _marks(events: list[Row], span: Span) -> list[dict[str, Any]]:
    """Return the marks of the events, left to right; words that would cover the next ones are left to the hint."""
    marks: list[dict[str, Any]] = []
    free_from = 0.0
    for row in sorted(events, key=lambda row: row["date"]):
        if row["event"] not in MARKED:
            continue
        left = span.at(row["date"])
        named = row["event"] in NAMED and left >= free_from
        at_right = left > 100 - ROOM
        if named:
            free_from = left + (0 if at_right else ROOM)
        marks.append(
            {"left": f"{left:.2f}", "color": MARKED[row["event"]], "text": f"{words.date(row['date'], locale())}: {row['what']}",
             "label": row["what"] if named else "", "at_right": at_right}
        )  # fmt: skip
    return marks


def _months(span: Span) -> list[dict[str, str]]:
    """Return the first days of every second month in the span, with their names."""
    months, day = [], span.first.replace(day=1)
    while day <= span.last:
        if day >= span.first:
            months.append({"left": f"{span.at(day):.2f}", "text": words.month(day, locale())})
        day = (day + dt.timedelta(days=32)).replace(day=1)
    return months[::3]
