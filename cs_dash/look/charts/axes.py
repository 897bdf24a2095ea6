"""Axes: of categories, of months and of measures, and the reference line."""

from __future__ import annotations

from typing import Any

import altair as alt

from cs_dash.look.charts.shape import Kind
from cs_dash.look.charts.style import BAND_WIDTH, LETTER_WIDTH, ChartStyle, with_channels
from cs_dash.look.locales import convention
from cs_dash.units import Unit

NUMBER_WIDTH = 60  # pixels: room of a number below a horizontal axis
NAME_LETTER = 6.6  # pixels: width of a letter of 12 pixels, on average


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
        labelFlush=alt.Undefined if vertical else False,  # the last number would move towards the one before
        tickCount=_tick_count(vertical, style),
        tickMinStep=1 if unit == "count" else alt.Undefined,
        **title_options,
    )
    # alt.Undefined: Vega's own range, the whole width or height
    scale = alt.Scale(zero=zero, nice=True, range=options.pop("range", alt.Undefined))
    return channel(f"{field}:Q", axis=axis, scale=scale, **options)


def _tick_count(vertical: bool, style: ChartStyle) -> Any:
    """Return about how many numbers stand on a measured axis; on a horizontal one no more than have room."""
    most = 4 if style.narrow else 5
    return most if vertical else alt.ExprRef(f"max(2, min({most}, floor(width / {NUMBER_WIDTH})))")


def wrapped_label(pixels: str) -> dict[str, Any]:
    """Return the options of an axis whose labels are in two lines where they are wider than the expression `pixels`.

    "(n = 12)" stays on one line.
    """
    letters = f"floor(({pixels}) / {NAME_LETTER})"
    two_lines = f"replace(datum.label, regexp('^(.{{1,' + {letters} + '}}) (?![=0-9])(.+)$'), '$1\\n$2')"
    is_long = f"length(datum.label) > {letters}"
    return {
        "labelExpr": f"{is_long} ? split({two_lines}, '\\n') : datum.label",
        "labelLimit": alt.ExprRef(pixels),
        # the first of two lines would stand where a single one does
        "labelOffset": {"condition": {"test": f"{is_long} && test(/ /, datum.label)", "value": -6}, "value": 0},
        "labelLineHeight": 13,
    }


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
    small = "abs(datum.value) < 0.01 ? format(datum.value, '.2~g')"  # points of an index can be
    large = "replace(format(datum.value, '.3~s'), 'G', 'bn')"
    return f"{small} : abs(datum.value) < 1000 ? format(datum.value, ',.2~f') : {large}"


def reference_line(style: ChartStyle, vertical: bool = True) -> list[Any]:
    """Return the dashed reference line with its name, [] without one."""
    if style.shape.reference is None:
        return []
    value, name = style.shape.reference
    # one row whatever the data are: a datum would be drawn once for each row
    single_row = alt.Chart().transform_aggregate(rows="count()")
    theme = style.theme
    rule = single_row.mark_rule(aria=False, strokeDash=[4, 3], color=theme.muted, strokeWidth=1.2)
    value_channel: dict[str, Any] = {"y": alt.YDatum(value)} if vertical else {"x": alt.XDatum(value)}
    # it ends where the lines end: beyond it are their names
    ends: dict[str, Any] = {"x": alt.value(0), "x2": alt.value({"expr": "peek(range('x'))"})} if vertical else {}
    rules = with_channels(rule, **value_channel, **ends)
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


def padded_range(letters: int, before: int = 0) -> list[Any]:
    """Return a range of the horizontal scale with room for some letters after, and before, the outermost marks.

    The marks keep more than half of the width, however narrow the plot is.
    """
    left = {"expr": f"min({round(before * LETTER_WIDTH)}, width / 5)"} if before else 0
    return [left, {"expr": f"max(width - {round(letters * LETTER_WIDTH + 10)}, width * 0.65)"}]
