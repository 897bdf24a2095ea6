"""Events on a time axis: at which of its places each is marked, and how."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import altair as alt

from cs_dash.charts import ChartEvent, place_of
from cs_dash.look import words
from cs_dash.look.charts.frame_rows import Row
from cs_dash.look.charts.style import ChartStyle, with_channels

MOST_NAMED = 1
"""So many events bear their name beside the mark; of more, the names would cover each other."""
LONGEST_NAME = 16
"""Letters of a name beside a mark; a longer one would cover a line's name, and stands in the tooltip alone."""


def add_events(rows: list[Row], events: Sequence[ChartEvent], locale: str) -> None:
    """Add to the first row of each place what happened there: "event" for the tooltip, "event_name" beside the mark."""
    first_rows: dict[dt.date, Row] = {}
    for row in rows:
        first_rows.setdefault(dt.date.fromisoformat(row["x"]), row)
    places = sorted(first_rows)
    texts: dict[dt.date, list[str]] = {}
    for event in sorted(events, key=lambda event: event.day):
        place = place_of(event.day, places)
        if place is not None:
            texts.setdefault(place, []).append(f"{words.date(event.day, locale)}: {event.title}")
    named = sum(map(len, texts.values())) <= MOST_NAMED
    titles = {event.title for event in events}
    for place, lines in texts.items():
        row = first_rows[place]
        row["event"] = "; ".join(lines)
        title = next(title for title in titles if lines[0].endswith(title))
        row["event_name"] = title if named and len(title) <= LONGEST_NAME else ""
        row["event_late"] = places.index(place) > len(places) * 0.6


def event_marks(style: ChartStyle, x: Any) -> list[Any]:
    """Return a dotted line and a dot at its upper end for each place with events, and the name of a single one."""
    if not style.shape.has_events:
        return []
    color = style.theme.event
    marked = alt.Chart().transform_filter("isValid(datum.event)")
    rule = with_channels(marked.mark_rule(aria=False, strokeDash=[2, 3], color=color, strokeWidth=1.3), x=x)
    dot = marked.mark_circle(size=52, opacity=1, color=color)
    tooltip = [alt.Tooltip("event:N", title="Event")]
    layers = [rule, with_channels(dot, x=x, y=alt.value(0), tooltip=tooltip)]
    for late in (False, True):
        side = marked.transform_filter("datum.event_late" if late else "!datum.event_late")
        options: dict[str, Any] = {
            "align": "right" if late else "left", "dx": -8 if late else 8, "baseline": "middle", "fontSize": 11,
        }  # fmt: skip
        halo = side.mark_text(**options, stroke=style.theme.background, strokeWidth=4)
        for text in (halo, side.mark_text(**options, color=color)):
            layers.append(with_channels(text, x=x, y=alt.value(0), text=alt.Text("event_name:N")))
    return layers
