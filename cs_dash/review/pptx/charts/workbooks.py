"""The workbook inside a chart: what the chart shows, at the cells that it refers to.

It is written from the chart itself, so that the two agree whatever the chart's form is; text stays text.
"""

from __future__ import annotations

import io
import re
from typing import Any

import xlsxwriter
from pptx.oxml.ns import qn

_CELL = re.compile(r"\$([A-Z]+)\$(\d+)")


def finish(chart: Any) -> None:
    """Write the workbook of a chart (of python-pptx) anew from its references and their values."""
    _number_axes(chart._chartSpace)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Sheet1")
        formats: dict[str, Any] = {}
        for reference in chart._chartSpace.iter(qn("c:strRef"), qn("c:numRef")):
            _write(reference, book, sheet, formats)
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 40, 16)
    chart.part.chart_workbook.update_from_xlsx_blob(out.getvalue())


def _write(reference: Any, book: Any, sheet: Any, formats: dict[str, Any]) -> None:
    formula = reference.find(qn("c:f")).text
    cell = _CELL.search(formula)
    if cell is None:
        raise ValueError(f"{formula} names no cell")
    letters, row = cell.groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    code = reference.find(f".//{qn('c:formatCode')}")
    style = None
    if code is not None and code.text != "General":
        style = formats.get(code.text) or formats.setdefault(code.text, book.add_format({"num_format": code.text}))
    for point in reference.iter(qn("c:pt")):
        value = point.find(qn("c:v")).text or ""
        at = (int(row) - 1 + int(point.get("idx")), column - 1)
        if reference.tag == qn("c:numRef"):
            number = f"{float(value):.16G}"  # as a workbook holds it: the copy in the chart is the same
            point.find(qn("c:v")).text = number
            sheet.write_number(*at, float(number), style)
        else:
            sheet.write_string(*at, value)


def _number_axes(space: Any) -> None:
    """Give the axes positive numbers: python-pptx has negative ones, which the format does not know."""
    numbers: dict[str, str] = {}
    for element in space.iter(qn("c:axId"), qn("c:crossAx")):
        element.set("val", numbers.setdefault(element.get("val"), str(len(numbers) + 1)))
