"""Parts that all drawings share: axes, colours, tooltips, the reference line and the selection by click."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from cs_dash.charts import LineChart, RankedChart
from cs_dash.look.charts.shape import Kind, Shape
from cs_dash.look.locales import convention
from cs_dash.look.theme import Theme, mixed
from cs_dash.units import Unit

SELECTION = "picked"
LETTER_WIDTH = 6.0  # pixels: width of a letter of 11 pixels, at most and on average
PALE = 0.3  # opacity of a period in progress
MUTED = 0.5  # share of background in the colour of what is not highlighted
UNKNOWN, WITHOUT = 0.7, "without "  # the same for an unknown category, and how its name begins
BAND_WIDTH = "(width / length(domain('x')))"  # Vega: width of each category in pixels
HEALTH = {"green": "good", "good": "good", "healthy": "good", "gain": "good", "yellow": "watch", "watch": "watch"}
HEALTH |= {"red": "bad", "bad": "bad", "at risk": "bad", "loss": "bad"}


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


def category_axis(channel: type[Any], style: ChartStyle, kind: Kind, **options: Any) -> Any:
    """Return the axis of categories, a band each; months have their short name, January the year below it."""
    name = "x" if channel is alt.X else "y"
    axis = options.pop("axis", None) or alt.Axis(
        title=None, labelAngle=0, labelExpr=category_label_expression(style, kind, name)
    )
    scale = options.pop("scale", alt.Scale(paddingInner=0.35, paddingOuter=0.25))
    # Text keeps the order of the rows. It is sorted by a number, because new rows go into a drawing that exists.
    sort = alt.EncodingSortField(f"{name}_at", op="min") if kind == "text" else "ascending"
    return channel(f"{name}:O", sort=sort, axis=axis, scale=scale, **options)


def category_label_expression(style: ChartStyle, kind: Kind, name: str) -> str:
    """Return the Vega expression for the label of a category; months without room for a label have none."""
    if kind in ("number", "text"):
        if name == "y" or kind == "number":
            return "datum.label"
        # in narrow bands every second name is one line lower; in bands of medium width the words wrap
        is_odd = "round(datum.index * (length(domain('x')) - 1)) % 2"
        lower = f"({is_odd} ? ['', datum.label] : datum.label)"
        return f"{BAND_WIDTH} < 70 ? {lower} : {BAND_WIDTH} < 110 ? split(datum.label, ' ') : datum.label"
    day = "toDate(datum.value)"
    names = "[" + ",".join(f"'{month}'" for month in convention(style.locale).months) + "]"
    month = f"{names}[utcmonth({day})]"
    year = f"utcFormat({day}, '%Y')"
    if name == "y":
        short = f"{month} + ' ' + utcFormat({day}, '\u2019%y')" if style.narrow else f"{month} + ' ' + {year}"
        return short if kind == "month" else f"utcFormat({day}, '%-d ') + {month}"
    if kind == "day":
        skipped = f"round(datum.index * (length(domain('x')) - 1)) % ceil(46 / {BAND_WIDTH})"
        return f"{skipped} ? '' : utcFormat({day}, '%-d ') + {month}"
    # every month where each has 30 pixels, else every quarter's first, else every January
    month_step = f"({BAND_WIDTH} >= 30 ? 1 : {BAND_WIDTH} >= 10 ? 3 : 12)"
    # the labels of consecutive quarters are close together: there is no room for the year below both
    short_range = "(time(toDate(peek(domain('x')))) - time(toDate(domain('x')[0]))) / length(domain('x')) < 4e9"
    first = f"(datum.index * (length(domain('x')) - 1) < {month_step} - 0.5 && ({BAND_WIDTH} >= 30 || {short_range}))"
    has_label = f"utcmonth({day}) % {month_step} == 0"
    return f"{has_label} ? (utcmonth({day}) == 0 || {first} ? [{month}, {year}] : {month}) : ''"


def measure_axis(channel: type[Any], field: str, style: ChartStyle, zero: bool, **options: Any) -> Any:
    """Return the measured axis: its title is horizontal and above it, its numbers are short."""
    unit: Unit = options.pop("unit", style.shape.unit)
    vertical = channel is alt.Y
    # vertical titles are hard to read and take width on a phone
    title_options: dict[str, Any] = (
        {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleX": 0, "titleY": -11} if vertical else {}
    )
    axis = alt.Axis(
        title=style.shape.axis or None,
        labelExpr=number_label_expression(unit),
        grid=vertical,
        tickCount=4 if style.narrow else 5,
        tickMinStep=1 if unit == "count" else alt.Undefined,
        **title_options,
    )
    # alt.Undefined: Vega's own range, the whole width or height
    scale = alt.Scale(zero=zero, nice=True, range=options.pop("range", alt.Undefined))
    return channel(f"{field}:Q", axis=axis, scale=scale, **options)


def number_label_expression(unit: Unit) -> str:
    """Return the Vega expression for a number on an axis."""
    thin = "\u202f"
    if unit == "share":
        return f"format(datum.value * 100, ',.1~f') + '{thin}%'"
    if unit == "points":
        return "format(datum.value * 100, '+,.1~f')"
    if unit == "minutes":
        hours, short = f"format(datum.value / 60, ',.1~f') + '{thin}h'", f"format(datum.value, ',~f') + '{thin}min'"
        return f"abs(datum.value) >= 60 ? {hours} : {short}"
    return "abs(datum.value) < 1000 ? format(datum.value, ',.2~f') : replace(format(datum.value, '.3~s'), 'G', 'bn')"


def color_range(shape: Shape, theme: Theme) -> list[str]:
    """Return the colours of `shape.colors`, in order: by health, highlighted or muted, or one each.

    The unknown category ("without a kind") is a pale grey.
    """
    if shape.semantic:
        return [getattr(theme, HEALTH[name.casefold()]) if name.casefold() in HEALTH else theme.neutral
                for name in shape.colors]  # fmt: skip
    if shape.highlight in shape.colors:
        if shape.form is LineChart:
            return [theme.accent if name == shape.highlight else mixed(theme.neutral, theme.background, 0.3)
                    for name in shape.colors]  # fmt: skip
        muted_colors = iter([mixed(c, theme.background, MUTED) for c in theme.categories[1:] * len(shape.colors)])
        unknown = mixed(theme.neutral, theme.background, UNKNOWN)
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


def tooltip_lines(style: ChartStyle, first: str = "x_text", first_title: str = "") -> list[alt.Tooltip]:
    """Return the lines of the tooltip: the category or day, the colour, the value and its interval."""
    shape = style.shape
    lines = [alt.Tooltip(f"{first}:N", title=first_title or shape.x_title)]
    if shape.colors:
        lines.append(alt.Tooltip("color_text:N", title=shape.color_title))
    lines.append(alt.Tooltip("y_text:N", title=shape.measure))
    if shape.interval:
        lines.append(alt.Tooltip("band_text:N", title="95\u202f% interval"))
    return lines


def reference_line(style: ChartStyle, vertical: bool = True) -> list[Any]:
    """Return the dashed reference line with its name, [] without one."""
    if style.shape.reference is None:
        return []
    value, name = style.shape.reference
    # one row whatever the data are: a datum would be drawn once for each row
    single_row = alt.Chart().transform_aggregate(rows="count()")
    theme = style.theme
    rule = single_row.mark_rule(strokeDash=[4, 3], color=theme.muted, strokeWidth=1.2)
    value_channel: dict[str, Any] = {"y": alt.YDatum(value)} if vertical else {"x": alt.XDatum(value)}
    rules = with_channels(rule, **value_channel)
    if vertical:
        # The name is outside the plot, at the right, where it covers no data. On a phone the axis title leaves no room
        # for it above.
        position: dict[str, Any] = {"baseline": "top", "dy": 36} if style.narrow else {"baseline": "middle", "dy": -13}
        words = single_row.mark_text(align="right", fontSize=11, text=f"dashed: {name}", color=theme.muted, **position)
        return [rules, with_channels(words, x=alt.value("width"), y=alt.value("height" if style.narrow else 0))]
    # below the last point, whose value is above it
    text_options: dict[str, Any] = {"align": "left", "fontSize": 11, "baseline": "bottom", "dx": 5, "dy": -1}
    # on a phone the names are between the points, with too little room below them
    edge: dict[str, Any] = {"y": alt.value(0 if style.narrow else "height")}
    halo = single_row.mark_text(**text_options, text=name, stroke=theme.background, strokeWidth=4, strokeOpacity=0.85)
    label = single_row.mark_text(**text_options, text=name, color=theme.muted)
    return [rules, with_channels(halo, **value_channel, **edge), with_channels(label, **value_channel, **edge)]


def selection(*fields: str, empty: bool = True) -> alt.Parameter:
    """Return the selection by click; with `empty`, no selection means all marks.

    A click on a selected mark deselects it; a click with Shift adds a mark to the selection.
    """
    toggle = f"event.shiftKey || (!!datum && vlSelectionTest('{SELECTION}_store', datum))"
    return alt.selection_point(name=SELECTION, fields=list(fields), empty=empty, toggle=toggle)


def with_selection(chart: Any, style: ChartStyle, *fields: str) -> Any:
    """Return `chart` with marks that a click selects by `fields`, the others fading; unchanged if not selectable."""
    if not style.selectable:
        return chart
    selected = selection(*fields)
    opacity = alt.when(selected).then(alt.value(1)).otherwise(alt.value(0.35))
    return with_channels(chart.add_params(selected), opacity=opacity)


def padded_range(letters: int, before: int = 0) -> list[Any]:
    """Return a range of the horizontal scale with room for some letters after, and before, the outermost marks.

    The marks keep more than half of the width, however narrow the plot is.
    """
    left = {"expr": f"min({round(before * LETTER_WIDTH)}, width / 5)"} if before else 0
    return [left, {"expr": f"max(width - {round(letters * LETTER_WIDTH + 10)}, width * 0.65)"}]


def pointer_cursor(style: ChartStyle) -> dict[str, Any]:
    """Return the mark property for the cursor over marks that can be clicked."""
    return {"cursor": "pointer"} if style.selectable else {}


def is_highlighted_expression(field: str, style: ChartStyle) -> str:
    """Return the Vega expression that is true for the highlighted category, whatever characters its name has."""
    return f"datum.{field} === {json.dumps(style.shape.highlight)}"
