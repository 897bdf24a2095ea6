"""Colours of categories, and their legend."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import altair as alt

from cs_dash.charts import LineChart, RankedChart
from cs_dash.look.charts.shape import Shape
from cs_dash.look.charts.style import LETTER_WIDTH, ChartStyle
from cs_dash.look.theme import Theme, blend

MUTED = 0.5  # share of background in the colour of what is not highlighted
UNKNOWN, WITHOUT = 0.7, "without "  # the same for an unknown category, and how its name begins
HEALTH = {"green": "good", "good": "good", "healthy": "good", "gain": "good", "yellow": "watch", "watch": "watch"}
HEALTH |= {"red": "bad", "bad": "bad", "at risk": "bad", "loss": "bad"}


def color_range(shape: Shape, theme: Theme) -> list[str]:
    """Return the colours of `shape.colors`, in order: by health, highlighted or muted, or one each.

    The unknown category ("without a kind") is a pale grey.
    """
    if shape.semantic:
        return [getattr(theme, HEALTH[name.casefold()]) if name.casefold() in HEALTH else theme.neutral
                for name in shape.colors]  # fmt: skip
    if shape.highlight in shape.colors:
        if shape.form is LineChart:
            return [theme.accent if name == shape.highlight else blend(theme.neutral, theme.background, 0.3)
                    for name in shape.colors]  # fmt: skip
        muted_colors = iter([blend(c, theme.background, MUTED) for c in theme.categories[1:] * len(shape.colors)])
        unknown = blend(theme.neutral, theme.background, UNKNOWN)
        return [theme.accent if name == shape.highlight else unknown if name.startswith(WITHOUT) else next(muted_colors)
                for name in shape.colors]  # fmt: skip
    return [theme.categories[index % len(theme.categories)] for index in range(len(shape.colors))]


def edge_color_expression(shape: Shape, theme: Theme) -> str:
    """Return the Vega expression for the edge of a mark: its own colour, a darker one for the pale yellow."""
    edges = [theme.watch_edge if color == theme.watch else color for color in color_range(shape, theme)]
    return f"{json.dumps(dict(zip(shape.colors, edges, strict=True)))}[datum.color]"


def color_channel(style: ChartStyle, legend: bool = True) -> Any:
    """Return the colour by category with its legend on top, or the accent without categories."""
    shape = style.shape
    if not shape.colors:
        return alt.value(style.theme.accent)
    offset = 30 if shape.axis and shape.form is not RankedChart else 8  # the axis title is between legend and plot
    many = legend and len(shape.colors) > 1
    names = alt.Legend(columns=_legend_columns(shape.colors), offset=offset) if many else None
    scale = alt.Scale(domain=list(shape.colors), range=color_range(shape, style.theme))
    return alt.Color("color:N", scale=scale, legend=names)


def _legend_columns(names: Sequence[str]) -> Any:
    """Return the Vega expression for the number of legend columns that fit above the plot; 0: all in one row."""
    widths = [len(name) * LETTER_WIDTH + 34 for name in names]
    columns = f"max(1, min({len(names)}, floor(width / {max(widths):.0f})))"
    return alt.expr(f"width >= {sum(widths):.0f} ? 0 : {columns}")
