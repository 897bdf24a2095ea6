"""What stands in a PowerPoint file, read back with python-pptx and with the workbooks of its charts."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import openpyxl
from pptx import Presentation
from pptx.oxml.ns import qn


def opened(blob: bytes) -> Any:
    return Presentation(io.BytesIO(blob))


def charts(slide: Any) -> list[Any]:
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def tables(slide: Any) -> list[list[list[str]]]:
    """Return the cells of each table, row by row."""
    return [
        [[cell.text_frame.text for cell in row.cells] for row in shape.table.rows]
        for shape in slide.shapes
        if shape.has_table
    ]


def workbook_rows(chart: Any) -> list[tuple[Any, ...]]:
    """Return the rows of the workbook inside a chart."""
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    return list(book["Sheet1"].iter_rows(values_only=True))


def workbook_numbers(chart: Any) -> list[float]:
    """Return every number below the first row of the workbook inside a chart."""
    return [float(cell) for row in workbook_rows(chart) for cell in row if isinstance(cell, (int, float))]


def series_values(chart: Any, kind: str = "c:val") -> dict[str, list[float | None]]:
    """Return the copies of the values that a chart holds, by the names of the series."""
    values_by_name = {}
    for series in chart._chartSpace.iter(qn("c:ser")):
        name = next(point.find(qn("c:v")).text for point in series.find(qn("c:tx")).iter(qn("c:pt")))
        values = series.find(qn(kind))
        count = int(values.find(f".//{qn('c:ptCount')}").get("val"))
        points = {int(p.get("idx")): float(p.find(qn("c:v")).text) for p in values.iter(qn("c:pt"))}
        values_by_name[name] = [points.get(at) for at in range(count)]
    return values_by_name


def texts(slide: Any) -> str:
    """Return every text of a slide: shapes, tables, labels of charts."""
    return "\n".join("".join(part) for part in _texts(slide))


def _texts(slide: Any) -> Iterator[list[str]]:
    for shape in slide.shapes:
        yield [element.text or "" for element in shape._element.iter(qn("a:t"))]
        if shape.has_chart:
            yield [element.text or "" for element in shape.chart._chartSpace.iter(qn("a:t"))]


def notes(slide: Any) -> str:
    return str(slide.notes_slide.notes_text_frame.text)
