"""A chart as a picture that stands by itself: with its title, what is drawn, the scope and the source."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from cs_dash.charts import BarChart, Chart, LineChart
from cs_dash.look import words
from cs_dash.look.chart_images import chart_svg
from cs_dash.look.charts import description, spec
from cs_dash.look.templates import Markup, render
from cs_dash.look.theme import FONT, ThemeName, theme

WIDTH, MARGIN = 960, 32  # pixels
TEXT_SCALE = 1.25
LEAST_HEIGHT = 420
"""Pixels that a drawing takes where its form allows it."""
LETTER, WIDE_LETTER = 0.56, 1.05
"""Width of a letter, and of a Chinese, Japanese or Korean one, in parts of the size of the type."""
_EAST_ASIAN = "\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef"
_SPACES = re.compile(r"[ \t\r\n]+")  # those that break lines
_WORD = re.compile(f"[{_EAST_ASIAN}]| ?[^ {_EAST_ASIAN}]+| ")


@dataclass(frozen=True)
class _Line:
    text: str
    size: int
    weight: int
    color: str
    y: float


def captioned_svg(chart: Chart, *, scope: str, source: str, name: ThemeName = "light", locale: str = "en") -> str:
    """Return a chart as an SVG document of 960 pixels with its title and subtitle above it, scope and source below.

    `scope`: the period and the filters in words. `source`: which data it is drawn from, of which day.
    """
    look = theme(name)
    lines: list[_Line] = []
    y = float(MARGIN)

    def write(text: str, size: int, weight: int, color: str) -> None:
        nonlocal y
        for line in wrapped(text, (WIDTH - 2 * MARGIN) / size):
            y += size * 1.35
            lines.append(_Line(line, size, weight, color, round(y - size * 0.3, 1)))

    write(chart.title, 22, 600, look.text)
    write(chart.subtitle, 14, 400, look.muted)
    top = y + 16
    inner = WIDTH - 2 * MARGIN
    wanted = max(LEAST_HEIGHT, round(spec(chart, name)["height"] * TEXT_SCALE))
    drawing = chart_svg(chart, width=inner, height=wanted, theme=name, locale=locale, text_scale=TEXT_SCALE)
    y = top + float(drawing.split(' height="', 1)[1].split('"', 1)[0]) + 10
    write(event_list(chart, locale), 12, 400, look.event)
    write(scope, 12, 400, look.muted)
    write(source, 12, 400, look.muted)
    picture = render(
        "charts/picture.svg",
        label=description(chart, locale),
        width=WIDTH,
        height=round(y + MARGIN * 0.75),
        font=FONT,
        theme=look,
        lines=lines,
        margin=MARGIN,
        top=round(top),
        drawing=Markup(drawing),
    )
    return str(picture)


def event_list(chart: Chart, locale: str = "en") -> str:
    """Return the events that a chart marks, by day; "" without any. A drawing on paper has no tooltips to name them."""
    events = sorted(chart.events, key=lambda event: event.day) if isinstance(chart, BarChart | LineChart) else []
    return "; ".join(f"{words.date(event.day, locale)}: {event.title}" for event in events)


def wrapped(text: str, width: float) -> list[str]:
    """Return text in lines that are at most `width` wide, in parts of the size of the type; [] for no text.

    Lines break at spaces, between Chinese, Japanese and Korean letters, and inside a word that is longer than a line.
    """
    lines, line = [], ""
    for word in _WORD.findall(_SPACES.sub(" ", text.strip())):
        for piece in word if _width(word) > width else (word,):
            if line and _width(line + piece) > width:
                lines.append(line.strip())
                line = ""
            line += piece
    return [*lines, line.strip()] if line.strip() else lines


def _width(text: str) -> float:
    return sum(WIDE_LETTER if unicodedata.east_asian_width(letter) in "WF" else LETTER for letter in text)
