"""The style of a drawing, and how its marks get their channels."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import altair as alt

from cs_dash.look.charts.shape import Shape
from cs_dash.look.theme import Theme

LETTER_WIDTH = 6.0  # pixels: width of a letter of 11 pixels, at most and on average
PALE = 0.3  # opacity of a period in progress
# Vega: pixels of each category; the names at the ends of lines take a part of the width
BAND_WIDTH = "(abs(peek(range('x')) - range('x')[0]) / length(domain('x')))"


@dataclass(frozen=True)
class ChartStyle:
    """The style of a drawing: its shape, the colours, a narrow screen or not, and whether marks can be clicked."""

    shape: Shape
    theme: Theme
    narrow: bool
    selectable: bool
    locale: str


def with_channels(marks: Any, **channels: Any) -> Any:
    """Return `marks` with these channels encoded.

    Text and plain values become altair's own classes here: finding the class takes altair five milliseconds.
    """
    return marks.encode(**{name: _channel(name, channel_value) for name, channel_value in channels.items()})


def _channel(name: str, channel_value: Any) -> Any:
    class_name = f"{name[0].upper()}{name[1:]}"
    if isinstance(channel_value, str):
        return getattr(alt, class_name)(channel_value)
    if isinstance(channel_value, (list, alt.SchemaBase)):
        return channel_value
    options = dict(channel_value if isinstance(channel_value, dict) else channel_value.to_dict())
    return (
        getattr(alt, f"{class_name}Value")(options.pop("value"), **options)
        if "value" in options
        else getattr(alt, class_name)(**options)
    )


def is_highlighted_expression(field: str, style: ChartStyle) -> str:
    """Return the Vega expression that is true for the highlighted category, whatever characters its name has."""
    return f"datum.{field} === {json.dumps(style.shape.highlight)}"
