"""What all drawings share: axes, colours, tooltips, the reference line, and what a click picks."""

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

PICKED = "picked"
LETTER = 6.0  # pixels that a letter of 11 pixels takes at most, on average
PALE = 0.3  # how much of its colour a period in progress keeps
MUTED = 0.5  # how much background is mixed into what does not matter
UNKNOWN, WITHOUT = 0.7, "without "  # the same for what is not known, and how its name begins
ROOM = "(width / length(domain('x')))"  # Vega: pixels that each category has across
HEALTH = {"green": "good", "good": "good", "healthy": "good", "gain": "good", "yellow": "watch", "watch": "watch"}
HEALTH |= {"red": "bad", "bad": "bad", "at risk": "bad", "loss": "bad"}


@dataclass(frozen=True)
class Brush:
    """What a drawing is made with: its shape, the colours, the width of the screen, whether marks can be picked."""

    shape: Shape
    look: Theme
    narrow: bool
    selectable: bool
    locale: str


def encoded(marks: Any, **channels: Any) -> Any:
    """Return marks with their channels encoded.

    Text and plain values are made into altair's own classes first: to find their class takes altair five milliseconds.
    """
    return marks.encode(**{name: _channel(name, given) for name, given in channels.items()})


def _channel(name: str, given: Any) -> Any:
    own = f"{name[0].upper()}{name[1:]}"
    if isinstance(given, str):
        return getattr(alt, own)(given)
    if isinstance(given, (list, alt.SchemaBase)):
        return given
    rest = dict(given if isinstance(given, dict) else given.to_dict())
    return getattr(alt, f"{own}Value")(rest.pop("value"), **rest) if "value" in rest else getattr(alt, own)(**rest)


def place(channel: type[Any], brush: Brush, kind: Kind, **options: Any) -> Any:
    """Return the axis of categories: a band each, named below; months by their short name, the year under January."""
    name = "x" if channel is alt.X else "y"
    axis = options.pop("axis", None) or alt.Axis(title=None, labelAngle=0, labelExpr=category_words(brush, kind, name))
    scale = options.pop("scale", alt.Scale(paddingInner=0.35, paddingOuter=0.25))
    # Words stand as the rows give them; told by number, because new rows are put into a drawing that is there already.
    sort = alt.EncodingSortField(f"{name}_at", op="min") if kind == "text" else "ascending"
    return channel(f"{name}:O", sort=sort, axis=axis, scale=scale, **options)


def category_words(brush: Brush, kind: Kind, name: str) -> str:
    """Return the Vega expression that writes a category; it leaves out months for which there is no room."""
    if kind in ("number", "text"):
        if name == "y" or kind == "number":
            return "datum.label"
        # where the bands are narrow, every second name stands a line lower; between that and wide, words wrap
        second = "round(datum.index * (length(domain('x')) - 1)) % 2"
        lower = f"({second} ? ['', datum.label] : datum.label)"
        return f"{ROOM} < 70 ? {lower} : {ROOM} < 110 ? split(datum.label, ' ') : datum.label"
    day = "toDate(datum.value)"
    names = "[" + ",".join(f"'{month}'" for month in convention(brush.locale).months) + "]"
    month = f"{names}[utcmonth({day})]"
    year = f"utcFormat({day}, '%Y')"
    if name == "y":
        short = f"{month} + ' ' + utcFormat({day}, '\u2019%y')" if brush.narrow else f"{month} + ' ' + {year}"
        return short if kind == "month" else f"utcFormat({day}, '%-d ') + {month}"
    if kind == "day":
        skipped = f"round(datum.index * (length(domain('x')) - 1)) % ceil(46 / {ROOM})"
        return f"{skipped} ? '' : utcFormat({day}, '%-d ') + {month}"
    # every month where each has 30 pixels, else every quarter's first, else every January
    every = f"({ROOM} >= 30 ? 1 : {ROOM} >= 10 ? 3 : 12)"
    # a quarter's first month stands right before the next one's: there is no room for the year under both
    apart = "(time(toDate(peek(domain('x')))) - time(toDate(domain('x')[0]))) / length(domain('x')) < 4e9"
    first = f"(datum.index * (length(domain('x')) - 1) < {every} - 0.5 && ({ROOM} >= 30 || {apart}))"
    shown = f"utcmonth({day}) % {every} == 0"
    return f"{shown} ? (utcmonth({day}) == 0 || {first} ? [{month}, {year}] : {month}) : ''"


def measure(channel: type[Any], field: str, brush: Brush, zero: bool, **options: Any) -> Any:
    """Return the measured axis: its words stand level above it, its numbers are short."""
    unit: Unit = options.pop("unit", brush.shape.unit)
    up = channel is alt.Y
    # titles turned on their side are hard to read and cost a phone its width
    level: dict[str, Any] = (
        {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleX": 0, "titleY": -11} if up else {}
    )
    axis = alt.Axis(
        title=brush.shape.axis or None,
        labelExpr=number_words(unit),
        grid=up,
        tickCount=4 if brush.narrow else 5,
        tickMinStep=1 if unit == "count" else alt.Undefined,
        **level,
    )
    # alt.Undefined: Vega's own range, the whole width or height
    scale = alt.Scale(zero=zero, nice=True, range=options.pop("range", alt.Undefined))
    return channel(f"{field}:Q", axis=axis, scale=scale, **options)


def number_words(unit: Unit) -> str:
    """Return the Vega expression that writes a number on an axis."""
    thin = "\u202f"
    if unit == "share":
        return f"format(datum.value * 100, ',.1~f') + '{thin}%'"
    if unit == "points":
        return "format(datum.value * 100, '+,.1~f')"
    if unit == "minutes":
        hours, short = f"format(datum.value / 60, ',.1~f') + '{thin}h'", f"format(datum.value, ',~f') + '{thin}min'"
        return f"abs(datum.value) >= 60 ? {hours} : {short}"
    return "abs(datum.value) < 1000 ? format(datum.value, ',.2~f') : replace(format(datum.value, '.3~s'), 'G', 'bn')"


def paints(shape: Shape, look: Theme) -> list[str]:
    """Return the colours of `shape.colors`, in their order: by health, by what matters, or one each.

    What is not known of marks ("without a kind") has no colour of its own but a pale grey.
    """
    if shape.semantic:
        return [getattr(look, HEALTH[name.casefold()]) if name.casefold() in HEALTH else look.neutral
                for name in shape.colors]  # fmt: skip
    if shape.highlight in shape.colors:
        if shape.form is LineChart:
            return [look.accent if name == shape.highlight else mixed(look.neutral, look.background, 0.3)
                    for name in shape.colors]  # fmt: skip
        rest = iter([mixed(c, look.background, MUTED) for c in look.categories[1:] * len(shape.colors)])
        unknown = mixed(look.neutral, look.background, UNKNOWN)
        return [look.accent if name == shape.highlight else unknown if name.startswith(WITHOUT) else next(rest)
                for name in shape.colors]  # fmt: skip
    return [look.categories[index % len(look.categories)] for index in range(len(shape.colors))]


def edge(shape: Shape, look: Theme) -> str:
    """Return the Vega expression for the rule around a mark: its own colour; a pale yellow needs a darker one."""
    rules = [look.watch_edge if paint == look.watch else paint for paint in paints(shape, look)]
    return f"{json.dumps(dict(zip(shape.colors, rules, strict=True)))}[datum.color]"


def colour(brush: Brush, legend: bool = True) -> Any:
    """Return the colour by category with its legend on top, or the accent where there are no categories."""
    shape = brush.shape
    if not shape.colors:
        return alt.value(brush.look.accent)
    above = 30 if shape.axis and shape.form is not RankedChart else 8  # the axis' words stand between legend and plot
    many = legend and len(shape.colors) > 1
    names = alt.Legend(columns=_legend_columns(shape.colors), offset=above) if many else None
    scale = alt.Scale(domain=list(shape.colors), range=paints(shape, brush.look))
    return alt.Color("color:N", scale=scale, legend=names)


def _legend_columns(names: Sequence[str]) -> Any:
    """Return the Vega expression for how many columns of names fit above the plot; 0: side by side in one row."""
    widths = [len(name) * LETTER + 34 for name in names]
    columns = f"max(1, min({len(names)}, floor(width / {max(widths):.0f})))"
    return alt.expr(f"width >= {sum(widths):.0f} ? 0 : {columns}")


def tooltip(brush: Brush, first: str = "x_text", first_title: str = "") -> list[alt.Tooltip]:
    """Return what is said when a mark is pointed at: where, which, how much, how sure."""
    shape = brush.shape
    said = [alt.Tooltip(f"{first}:N", title=first_title or shape.x_title)]
    if shape.colors:
        said.append(alt.Tooltip("color_text:N", title=shape.color_title))
    said.append(alt.Tooltip("y_text:N", title=shape.measure))
    if shape.interval:
        said.append(alt.Tooltip("band_text:N", title="95\u202f% interval"))
    return said


def reference(brush: Brush, up: bool = True) -> list[Any]:
    """Return the dashed line with its name, [] where there is none."""
    if brush.shape.reference is None:
        return []
    value, name = brush.shape.reference
    # one row whatever the data are: a datum would be drawn once for each of them
    once = alt.Chart().transform_aggregate(rows="count()")
    look = brush.look
    rule = once.mark_rule(strokeDash=[4, 3], color=look.muted, strokeWidth=1.2)
    at: dict[str, Any] = {"y": alt.YDatum(value)} if up else {"x": alt.XDatum(value)}
    rules = encoded(rule, **at)
    if up:
        # Outside, at the right: wherever it stood inside, some data would be below it. On a phone the words of the axis
        # leave no room for it above.
        beside: dict[str, Any] = {"baseline": "top", "dy": 36} if brush.narrow else {"baseline": "middle", "dy": -13}
        words = once.mark_text(align="right", fontSize=11, text=f"dashed: {name}", color=look.muted, **beside)
        return [rules, encoded(words, x=alt.value("width"), y=alt.value("height" if brush.narrow else 0))]
    # below the last point, whose value stands above it
    style: dict[str, Any] = {"align": "left", "fontSize": 11, "baseline": "bottom", "dx": 5, "dy": -1}
    # on a phone the names stand between the points, and below them too little room is left
    edge: dict[str, Any] = {"y": alt.value(0 if brush.narrow else "height")}
    halo = once.mark_text(**style, text=name, stroke=look.background, strokeWidth=4, strokeOpacity=0.85)
    label = once.mark_text(**style, text=name, color=look.muted)
    return [rules, encoded(halo, **at, **edge), encoded(label, **at, **edge)]


def selection(*fields: str, empty: bool = True) -> alt.Parameter:
    """Return the selection `picked` by click; with `empty` nothing picked means everything.

    A click on a mark that is picked lets go of it, as the page says; with Shift a further one is picked.
    """
    again = f"event.shiftKey || (!!datum && vlSelectionTest('{PICKED}_store', datum))"
    return alt.selection_point(name=PICKED, fields=list(fields), empty=empty, toggle=again)


def pick(chart: Any, brush: Brush, *fields: str) -> Any:
    """Let a click pick a mark by `fields`; what is not picked fades. Unchanged where nothing is to be picked."""
    if not brush.selectable:
        return chart
    chosen = selection(*fields)
    faded = alt.when(chosen).then(alt.value(1)).otherwise(alt.value(0.35))
    return encoded(chart.add_params(chosen), opacity=faded)


def room_for(letters: int, before: int = 0) -> list[Any]:
    """Return a range of the horizontal scale with room for so many letters behind, and before, the outermost marks.

    Where there is little room at all, the marks keep more than half of it.
    """
    left = {"expr": f"min({round(before * LETTER)}, width / 5)"} if before else 0
    return [left, {"expr": f"max(width - {round(letters * LETTER + 10)}, width * 0.65)"}]


def pointer(brush: Brush) -> dict[str, Any]:
    """Return the mark property that shows a hand over what can be clicked."""
    return {"cursor": "pointer"} if brush.selectable else {}


def matters(field: str, brush: Brush) -> str:
    """Return the Vega expression that is true for the category that matters, whatever characters its name holds."""
    return f"datum.{field} === {json.dumps(brush.shape.highlight)}"
