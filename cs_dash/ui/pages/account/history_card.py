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
KEY = {
    "churn": "churn", "downsell": "downsell", "notice": "cancellation", "contract": "contract change",
    "shipped": "shipped", "survey": "survey",
}  # fmt: skip
"""What the marks of an event are called below the lines."""
NAMED = ("churn", "downsell", "notice", "contract")
"""Those that have their words beside the mark, where there is room."""
LETTER, MOST_ROOM = 1.5, 60.0
"""Percent of the width that a letter beside a mark takes, and that all of them may."""
Row = dict[str, Any]
Point = tuple[dt.date, float]


def history_card(summary: Answer, since: dt.date | None) -> Markup:
    """Return the card with the charts of `account.summary`; "" where there are none.

    `since`: the first day as a customer, before which nothing is drawn.
    """
    charts = {chart.name: chart for chart in summary.charts}
    if not charts:
        return Markup()
    days: list[dt.date] = next(iter(charts.values())).rows["day"].to_pylist()
    axis = TimeAxis(max(days[0], since) if since and since < days[-1] else days[0], days[-1])
    events = [row for row in summary.rows.to_pylist() if axis.first <= row["date"] <= axis.last]
    strips: list[dict[str, Any]] = []
    if "score" in charts:
        strips.append(_score_strip(charts["score"].rows.to_pylist(), axis))
    if "mrr" in charts:
        strips.append(_mrr_strip(charts["mrr"].rows.to_pylist(), events, axis, summary.currency))
    period = f"{words.date(axis.first, locale())} to {words.date(axis.last, locale())}"
    return render(
        "account/history.html",
        title="; ".join(charts[name].title for name in ("score", "mrr") if name in charts),
        subtitle=f"{' and '.join(str(strip['name']) for strip in strips)}, {period}, with the account's events",
        strips=strips,
        marks=_marks(events, axis),
        legend=_legend(events),
        months=_months(axis),
        drawn={"width": WIDTH, "height": HEIGHT},
    )


class TimeAxis:
    """The days that the lines are drawn over, as percent of the width."""

    def __init__(self, first: dt.date, last: dt.date) -> None:
        self.first, self.last = first, last

    def at(self, day: dt.date) -> float:
        """Return where a day lies, 0 to 100."""
        return 100 * (day - self.first).days / max((self.last - self.first).days, 1)


def _runs(days: list[dt.date], values: list[float | None], axis: TimeAxis, low: float, high: float) -> list[str]:
    """Return the line as runs of points, with gaps where there is no value."""
    runs: list[list[str]] = [[]]
    for day, value in zip(days, values, strict=True):
        if value is None:
            runs.append([])
            continue
        runs[-1].append(f"{axis.at(day) * WIDTH / 100:.1f},{_level(value, low, high) * HEIGHT / 100:.1f}")
    return [" ".join(run) for run in runs if len(run) > 1]


def _level(value: float, low: float, high: float) -> float:
    """Return how far below the top a value lies, 2 to 98 percent, so that no line is cut at the edge."""
    return 98 - 96 * (value - low) / (high - low) if high > low else 50.0


def _score_strip(rows: list[Row], axis: TimeAxis) -> dict[str, Any]:
    """Return the strip of the score, with gaps where the account was not scored."""
    rows = [row for row in rows if row["day"] >= axis.first]
    points = [(row["day"], row["score"]) for row in rows if row["score"] is not None]
    return {
        "name": "Score", "runs": _runs([row["day"] for row in rows], [row["score"] for row in rows], axis, 0, 100),
        "tall": True, "ticks": [("100", 2), ("50", 50), ("0", 98)],
        "end": _end(points, axis, 0, 100, words.count(points[-1][1], locale())),
        "points": [_tip(day, f"score {words.count(score, locale())}", axis) for day, score in points],
    }  # fmt: skip


def _mrr_strip(rows: list[Row], events: list[Row], axis: TimeAxis, currency: str) -> dict[str, Any]:
    """Return the strip of the MRR: it holds from one change of the contract to the next."""
    changes = sorted((row["date"], row["amount"], row["amount_before"]) for row in events if row["event"] == "contract")
    known = [(row["day"], row["mrr"]) for row in rows if row["mrr"] is not None]
    points: list[Point] = [known[0]]
    if changes and changes[0][0] < known[0][0]:
        points = [changes.pop(0)[:2]]
    for day, amount, before in changes:
        if day > points[0][0]:
            points += [(day, before), (day, amount)]
    points.append((known[-1][0], known[-1][1]))
    top = max(amount for _, amount in points) * 1.1 or 1.0
    days, amounts = [day for day, _ in points], [amount for _, amount in points]
    most = words.money(max(amounts), currency, locale=locale())
    return {
        "name": "MRR", "runs": _runs(days, list(amounts), axis, 0, top), "tall": False,
        "ticks": [(most, _level(max(amounts), 0, top)), ("0", 100)],
        "end": _end(points, axis, 0, top, words.money(points[-1][1], currency, full=True, locale=locale())),
        "points": [_tip(day, words.money(amount, currency, full=True, locale=locale()), axis) for day, amount in known],
    }  # fmt: skip


def _end(points: list[Point], axis: TimeAxis, low: float, high: float, text: str) -> dict[str, Any]:
    day, value = points[-1]
    return {"left": f"{axis.at(day):.2f}", "top": f"{_level(value, low, high):.1f}", "text": text}


def _tip(day: dt.date, text: str, axis: TimeAxis) -> dict[str, str]:
    return {"left": f"{axis.at(day):.2f}", "text": f"{words.date(day, locale())}: {text}"}


def _marks(events: list[Row], axis: TimeAxis) -> list[dict[str, Any]]:
    """Return the marks of the events, left to right; words that would cover the next ones are left to the hint."""
    marked = sorted((row for row in events if row["event"] in MARKED), key=lambda row: row["date"])
    places = [axis.at(row["date"]) for row in marked]
    marks: list[dict[str, Any]] = []
    free_from = 0.0
    for row, left in zip(marked, places, strict=True):
        room = len(row["what"]) * LETTER + 3
        at_right = left + room > 100
        first, last = (left - room, left) if at_right else (left, left + room)
        alone = not any(first <= place <= last and place != left for place in places)
        named = row["event"] in NAMED and alone and first >= free_from and room < MOST_ROOM
        free_from = last if named else free_from
        marks.append(
            {"left": f"{left:.2f}", "color": MARKED[row["event"]],
             "text": f"{words.date(row['date'], locale())}: {row['what']}",
             "label": row["what"] if named else "", "at_right": at_right}
        )  # fmt: skip
    return marks


def _legend(events: list[Row]) -> list[dict[str, str]]:
    """Return the colours of the marks that are drawn, each with what it stands for."""
    drawn = {row["event"] for row in events}
    names: dict[str, list[str]] = {}
    for event, color in MARKED.items():
        if event in drawn:
            names.setdefault(color, []).append(KEY[event])
    return [{"color": color, "text": ", ".join(listed).capitalize()} for color, listed in names.items()]


def _months(axis: TimeAxis) -> list[dict[str, str]]:
    """Return first days of months in the axis with their names, at most five."""
    months, day = [], axis.first.replace(day=1)
    while day <= axis.last:
        if day >= axis.first:
            months.append({"left": f"{axis.at(day):.2f}", "text": words.month(day, locale())})
        day = (day + dt.timedelta(days=32)).replace(day=1)
    return months[:: max(1, -(-len(months) // 5))]
