"""Parts of a chart for which python-pptx has no words: error bars, labels, outlines, layouts, combined charts."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pptx.oxml.ns import qn

from cs_dash.review.pptx.charts.scales import Scale
from cs_dash.review.pptx.nodes import SCALE, clean, hundredths, node, outline, put, put_before, solid
from cs_dash.review.pptx.palette import DeckColors

PALE = 0.35
"""Opacity of a period in progress."""
LABEL_SIZE = 10.0
_AFTER_LOOK = {
    "bar": ("c:invertIfNegative", "c:dPt", "c:dLbls", "c:trendline", "c:errBars", "c:cat", "c:val"),
    "line": ("c:marker", "c:dPt", "c:dLbls", "c:trendline", "c:errBars", "c:cat", "c:xVal", "c:val", "c:smooth"),
}
_FLAGS = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")


def text_look(
    palette: DeckColors, color: str, size: float = LABEL_SIZE, bold: bool = False, nowrap: bool = False
) -> Any:
    """Return the look of the text of axes and labels."""
    run = node("a:defRPr", solid(palette.ink(color)), sz=hundredths(size), b=int(bold))
    body = node("a:bodyPr", rot=0, vert="horz", wrap="none" if nowrap else "square")
    return node("c:txPr", body, node("a:lstStyle"), node("a:p", node("a:pPr", run), node("a:endParaRPr", lang="en-US")))


def look(series: Any, *children: Any) -> None:
    """Give a series (an element) its fill and outline."""
    kind = "bar" if series.getparent().tag == qn("c:barChart") else "line"
    put(series, node("c:spPr", *children), *_AFTER_LOOK[kind])


def point_look(series: Any, at: int, *children: Any, marker: Any = None) -> None:
    """Give one point of a series its own fill, outline and marker."""
    bar = series.getparent().tag == qn("c:barChart")
    point = node(
        "c:dPt",
        node("c:idx", val=at),
        node("c:invertIfNegative", val=0) if bar else None,
        marker,
        node("c:bubble3D", val=0),
        node("c:spPr", *children),
    )
    put_before(series, point, "c:dLbls", "c:trendline", "c:errBars", "c:cat", "c:xVal", "c:val")


def marker(palette: DeckColors, color: str | None, size: int = 5, hollow: bool = False) -> Any:
    """Return the points of a line; None for a line without points."""
    if color is None:
        return node("c:marker", node("c:symbol", val="none"))
    ink = palette.ink(color)
    fill = solid(palette.ink(palette.theme.background) if hollow else ink)
    return node(
        "c:marker",
        node("c:symbol", val="circle"),
        node("c:size", val=min(max(round(size * SCALE.get()), 2), 72)),
        node("c:spPr", fill, outline(ink, 1.0)),
    )


@dataclass(frozen=True)
class Label:
    """The label of one point.

    Attributes:
        text: words in place of the value; "" for the value.
        position: "r", "t", "ctr", "outEnd" ...
        color: its colour.
        number_format: format of the value.
        with_name: the name of the series stands before the value.
        with_value: the value is written.
        shift: how far it is moved down, as a share of the chart's height.
        bold: it is bold.
    """

    text: str
    position: str
    color: str
    number_format: str = "General"
    with_name: bool = False
    with_value: bool = True
    shift: float = 0.0
    bold: bool = True


def add_labels(series: Any, labels: Mapping[int, Label], palette: DeckColors, size: float = LABEL_SIZE) -> None:
    """Label these points of a series; the others have no label."""
    children = [_label(at, labels[at], palette, size) for at in sorted(labels)]
    children += [node(f"c:{flag}", val=0) for flag in _FLAGS]
    put(series, node("c:dLbls", *children), "c:trendline", "c:errBars", "c:cat", "c:xVal", "c:val")


def _label(at: int, label: Label, palette: DeckColors, size: float) -> Any:
    words = None
    if label.text:
        run = node("a:rPr", solid(palette.ink(label.color)), lang="en-US", sz=hundredths(size), b=int(label.bold))
        paragraphs = [
            node("a:p", node("a:r", copy.deepcopy(run), node("a:t", line))) for line in clean(label.text).split("\n")
        ]
        words = node("c:tx", node("c:rich", node("a:bodyPr", wrap="none"), node("a:lstStyle"), *paragraphs))
    flags = {"showVal": int(label.with_value), "showSerName": int(label.with_name)}
    layout = node("c:layout", node("c:manualLayout", node("c:x", val=0), node("c:y", val=round(label.shift, 4))))
    return node(
        "c:dLbl",
        node("c:idx", val=at),
        layout if label.shift else None,
        words,
        node("c:numFmt", formatCode=label.number_format, sourceLinked=0),
        node("c:spPr", node("a:noFill"), node("a:ln", node("a:noFill"))),
        None if words is not None else text_look(palette, label.color, size, label.bold, nowrap=True),
        node("c:dLblPos", val=label.position),
        *(node(f"c:{flag}", val=flags.get(flag, 0)) for flag in _FLAGS),
        node("c:separator", " ") if label.with_name else None,
    )


@dataclass(frozen=True)
class Ends:
    """The values of a series and the ends of their intervals."""

    values: Sequence[float | None]
    lows: Sequence[float | None]
    highs: Sequence[float | None]

    @property
    def above(self) -> list[float | None]:
        """How far each interval reaches above its value."""
        return [_distance(value, high) for value, high in zip(self.values, self.highs, strict=True)]

    @property
    def below(self) -> list[float | None]:
        """How far each interval reaches below its value."""
        return [_distance(low, value) for low, value in zip(self.lows, self.values, strict=True)]


def _distance(low: float | None, high: float | None) -> float | None:
    return None if low is None or high is None else high - low


def add_error_bars(series: Any, ends: Ends, column: int, line: Any) -> None:
    """Add an interval to each point of a series, from its lower to its upper end.

    The distances from the value stand in the workbook too, in the two columns from `column` on (0 is A).
    """
    first_row = 2
    reference = series.find(f"{qn('c:xVal')}//{qn('c:f')}")
    if reference is not None:
        first_row = int(reference.text.split("$")[2].rstrip(":"))
    bars = node(
        "c:errBars",
        None if series.getparent().tag == qn("c:barChart") else node("c:errDir", val="y"),
        node("c:errBarType", val="both"),
        node("c:errValType", val="cust"),
        node("c:noEndCap", val=1),
        node("c:plus", number_reference(ends.above, column, first_row)),
        node("c:minus", number_reference(ends.below, column + 1, first_row)),
        node("c:spPr", line),
    )
    put_before(series, bars, "c:cat", "c:xVal", "c:val")


def column_name(column: int) -> str:
    """Return the letters of a column of a workbook, 0 being A."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def number_reference(values: Sequence[float | None], column: int, first_row: int) -> Any:
    """Return numbers as a chart holds them: where they stand in its workbook, and a copy of them."""
    letters = column_name(column)
    points = [node("c:pt", node("c:v", repr(value)), idx=at) for at, value in enumerate(values) if value is not None]
    cache = node("c:numCache", node("c:formatCode", "General"), node("c:ptCount", val=len(values)), *points)
    cells = f"Sheet1!${letters}${first_row}:${letters}${first_row + len(values) - 1}"
    return node("c:numRef", node("c:f", cells), cache)


def as_lines(chart: Any, names: Sequence[str]) -> list[Any]:
    """Move the last series of a bar chart, those with these names, into a line chart on the same axes."""
    bars = chart._chartSpace.find(f".//{qn('c:barChart')}")
    moved: list[Any] = bars.findall(qn("c:ser"))[len(bars.findall(qn("c:ser"))) - len(names) :]
    axes = [copy.deepcopy(axis) for axis in bars.findall(qn("c:axId"))]
    lines = node("c:lineChart", node("c:grouping", val="standard"), node("c:varyColors", val=0))
    for series in moved:
        for tag in ("c:invertIfNegative", "c:dPt"):
            for child in series.findall(qn(tag)):
                series.remove(child)
        put_before(series, node("c:marker", node("c:symbol", val="none")), "c:dLbls", "c:cat", "c:val")
        series.append(node("c:smooth", val=0))
        lines.append(series)
    lines.append(node("c:marker", val=1))
    lines.extend(axes)
    bars.addnext(lines)
    return moved


def place_plot(chart: Any, left: float, top: float, width: float, height: float) -> None:
    """Fix where the plot stands within the chart, as shares (0 to 1) of it: labels beside it need their room."""
    area = chart._chartSpace.find(f".//{qn('c:plotArea')}")
    modes = (node("c:layoutTarget", val="inner"), node("c:xMode", val="edge"), node("c:yMode", val="edge"))
    sides = zip("xywh", (left, top, width, height), strict=True)
    layout = node(
        "c:layout", node("c:manualLayout", *modes, *(node(f"c:{side}", val=round(at, 4)) for side, at in sides))
    )
    existing = area.find(qn("c:layout"))
    if existing is not None:
        area.remove(existing)
    area.insert(0, layout)


def set_scale(axis: Any, scale: Scale | None) -> None:
    """Give a measured axis its ends and its step."""
    if scale is not None:
        axis.minimum_scale, axis.maximum_scale, axis.major_unit = scale.low, scale.high, scale.step
