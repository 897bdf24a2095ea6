"""Where a chart is drawn: its slide, its box and its colours; and what all charts have in common."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.oxml.ns import qn

from cs_dash.charts import Chart
from cs_dash.look import words
from cs_dash.look.charts import description
from cs_dash.look.locales import READER
from cs_dash.review.pptx.boxes import Box
from cs_dash.review.pptx.charts import formats
from cs_dash.review.pptx.charts.parts import set_scale, text_look
from cs_dash.review.pptx.charts.plots import Category, months_apart
from cs_dash.review.pptx.charts.scales import Scale
from cs_dash.review.pptx.nodes import clean, node, outline, put
from cs_dash.review.pptx.palette import DeckColors
from cs_dash.review.pptx.text_size import LINE_HEIGHT, fitted, width
from cs_dash.review.pptx.texts import describe

AXIS_SIZE, SMALLEST_AXIS = 10.0, 7.0
MOST_DATES = 13
"""Days or months on an axis that are all written; of more only some are."""


@dataclass(frozen=True)
class Canvas:
    """Where a chart is drawn.

    Attributes:
        slide: the slide of python-pptx.
        box: its rectangle on it.
        palette: the colours.
    """

    slide: Any
    box: Box
    palette: DeckColors

    def add(self, kind: Any, data: Any, chart: Chart) -> Any:
        """Add a chart of this kind with its data, named and described. Return the chart of python-pptx."""
        frame = self.slide.shapes.add_chart(kind, *self.box.emu, data)
        frame.name = clean(f"Chart: {chart.name}")
        describe(frame, description(chart, READER.get()))
        native = frame.chart
        native.has_title, native.has_legend = False, False
        native.font.size = None
        space = native._chartSpace
        put(space, node("c:roundedCorners", val=0), "c:style", "c:clrMapOvr", "c:chart")
        kept_blank = space.find(f"{qn('c:chart')}/{qn('c:dispBlanksAs')}")
        if kept_blank is not None:
            kept_blank.set("val", "gap")
        return native

    def add_legend(self, native: Any, hidden: tuple[int, ...] = ()) -> None:
        """Add the legend above the plot, without the series at the `hidden` places."""
        native.has_legend = True
        legend = native.legend
        legend.position, legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        element = legend._element
        for place in reversed(hidden):
            entry = node("c:legendEntry", node("c:idx", val=place), node("c:delete", val=1))
            element.find(qn("c:legendPos")).addnext(entry)
        put(element, text_look(self.palette, self.palette.theme.muted, AXIS_SIZE))


def category_data(labels: tuple[Category, ...], dated: bool) -> CategoryChartData:
    """Return the data of a chart with these categories; days stay days only where the axis is one of time."""
    data = CategoryChartData()
    if dated:
        data.categories = labels
        data.categories.number_format = formats.MONTH if months_apart(labels) else formats.DAY
    elif labels and all(isinstance(label, (int, float)) for label in labels):
        data.categories = labels
    else:
        data.categories = [clean(category_words(label, labels)) or " " for label in labels]
    return data


def short_names(labels: tuple[Category, ...], room: float, size: float, lines: int) -> tuple[Category, ...]:
    """Return categories with the names shortened that take more than so many lines of `room` points."""
    height = lines * size * LINE_HEIGHT + 0.5
    return tuple(fitted(label, room, height, size, size).text if isinstance(label, str) else label for label in labels)


def category_words(label: Category, labels: tuple[Category, ...]) -> str:
    """Return a category of an axis in words."""
    if isinstance(label, dt.date):
        step = months_apart(labels)
        if step == 3:
            return f"Q{(label.month - 1) // 3 + 1} {label.year}"
        return words.month(label) if step else words.date(label)
    return words.number(label) if isinstance(label, float) else str(label)


def style_category_axis(
    native: Any, palette: DeckColors, labels: tuple[Category, ...], dated: bool, room: float
) -> None:
    """Style the axis of categories: no ticks, a thin line, and only as many labels as have room."""
    axis = native.category_axis
    axis.has_major_gridlines = False
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    element = axis._element
    put(element, node("c:spPr", outline(palette.ink(palette.theme.border), 0.75)), "c:txPr", "c:crossAx")
    put(element, text_look(palette, palette.theme.muted, _axis_size(labels, room)), "c:crossAx")
    step = _label_step(labels, room)
    if dated:
        _set_time(element, labels, step)
    elif step > 1:
        for tag in ("c:tickLblSkip", "c:tickMarkSkip"):
            put(element, node(tag, val=step), "c:noMultiLvlLbl", "c:extLst")
    if isinstance(labels[0], (int, float)):
        axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "General", False


def _axis_size(labels: tuple[Category, ...], room: float) -> float:
    """Return the size at which no word of a category is wider than its place."""
    parts = [part for label in labels if isinstance(label, str) for part in label.split()]
    widest = max((width(part, AXIS_SIZE) for part in parts), default=0.0)
    place = room / len(labels) - 2
    return max(SMALLEST_AXIS, min(AXIS_SIZE, AXIS_SIZE * place / widest)) if widest else AXIS_SIZE


def _label_step(labels: tuple[Category, ...], room: float) -> int:
    """Return how many categories one label stands for, given the width of the plot in points."""
    if isinstance(labels[0], str):
        return 1
    widest = 44.0 if isinstance(labels[0], dt.date) else max(width(str(label), AXIS_SIZE) + 14 for label in labels)
    step = max(1, math.ceil(len(labels) * widest / room))
    if months_apart(labels) == 1:
        return next((months for months in (1, 2, 3, 6, 12) if months >= step), 12 * math.ceil(step / 12))
    return step


def _set_time(element: Any, labels: tuple[Category, ...], step: int) -> None:
    apart = months_apart(labels)
    unit = "months" if apart else "days"
    for tag in ("c:baseTimeUnit", "c:majorUnit", "c:majorTimeUnit", "c:minorUnit", "c:minorTimeUnit"):
        for child in element.findall(qn(tag)):
            element.remove(child)
    children = [node("c:baseTimeUnit", val=unit)]
    if apart or step > 1:
        children += [node("c:majorUnit", val=(apart or 1) * step), node("c:majorTimeUnit", val=unit)]
    followers = element.findall(qn("c:extLst"))
    for child in children:
        element.append(child) if not followers else followers[0].addprevious(child)


def style_value_axis(
    axis: Any, palette: DeckColors, number_format: str, scale: Scale | None, grid: bool = True
) -> None:
    """Style the measured axis: no line, a pale grid, muted numbers."""
    axis.has_major_gridlines, axis.has_minor_gridlines = grid, False
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = number_format, False
    element = axis._element
    if grid:
        lines = element.find(qn("c:majorGridlines"))
        lines[:] = [node("c:spPr", outline(palette.ink(palette.theme.border), 0.75))]
    put(element, node("c:spPr", outline(None)), "c:txPr", "c:crossAx")
    put(element, text_look(palette, palette.theme.muted, AXIS_SIZE), "c:crossAx")
    set_scale(axis, scale)


def is_dated(labels: tuple[Category, ...], bars: bool) -> bool:
    """Whether an axis is one of time: of bars only with a bar for each month, which would be thin otherwise."""
    if not labels or not all(isinstance(label, dt.date) for label in labels):
        return False
    return months_apart(labels) == 1 if bars else True
