"""What is wrong with a PowerPoint file: the faults for which PowerPoint offers to repair it.

    faults(pptx_bytes(deck))

With the schemas of ECMA-376 (transitional: pml.xsd, dml-main.xsd, dml-chart.xsd and those that they import) in the
folder that CS_DASH_OOXML_SCHEMAS names, every part is validated against them, too.
"""

from __future__ import annotations

import io
import os
import posixpath
import re
import zipfile
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
from lxml import etree

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SLIDE = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
CELLS = re.compile(r"Sheet1!\$([A-Z]+)\$(\d+)(?::\$([A-Z]+)\$(\d+))?$")
LABEL_PLACES = {
    "barChart": {"outEnd", "ctr", "inEnd", "inBase"},
    "stacked barChart": {"ctr", "inEnd", "inBase"},
    "lineChart": {"t", "b", "l", "r", "ctr"},
    "scatterChart": {"t", "b", "l", "r", "ctr"},
}
SCHEMA_OF = {"charts/chart": "dml-chart.xsd", "theme/theme": "dml-main.xsd"}


def faults(blob: bytes, own: bool = True) -> list[str]:
    """Return what is wrong with a file, a line for each. `own`: masters and layouts are the product's own, too."""
    archive = zipfile.ZipFile(io.BytesIO(blob))
    names = archive.namelist()
    lines = [f"{name} is there {count} times" for name, count in Counter(names).items() if count > 1]
    parts = {name: archive.read(name) for name in names}
    trees = {name: etree.fromstring(content) for name, content in parts.items() if name.endswith((".xml", ".rels"))}
    lines += _content_type_faults(names, trees["[Content_Types].xml"])
    for name, tree in trees.items():
        if not name.endswith(".rels") and name != "[Content_Types].xml":
            lines += _relationship_faults(name, tree, trees, set(names))
    lines += _unreached(names, trees)
    for name, tree in trees.items():
        lines += [f"{name}: {fault}" for fault in _part_faults(tree)]
        if name.startswith("ppt/charts/chart"):
            lines += [f"{name}: {fault}" for fault in _chart_faults(name, tree, trees, parts)]
        if own or re.match(r"ppt/(slides|charts|notesSlides|presentation)", name):
            lines += [f"{name}: {fault}" for fault in _schema_faults(name, tree)]
    return lines


def _rels_name(name: str) -> str:
    folder, base = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def targets(name: str, trees: dict[str, Any]) -> dict[str, str]:
    """Return the relationships of a part: id -> the part's name; outside ones are left out."""
    rels = trees.get(_rels_name(name))
    folder = posixpath.dirname(name)
    return {
        relation.get("Id"): posixpath.normpath(posixpath.join(folder, relation.get("Target"))).lstrip("/")
        for relation in (() if rels is None else rels)
        if relation.get("TargetMode") != "External"
    }


def _content_type_faults(names: list[str], types: Any) -> list[str]:
    defaults = {element.get("Extension").lower() for element in types.iter(f"{TYPES}Default")}
    overrides = [element.get("PartName").lstrip("/") for element in types.iter(f"{TYPES}Override")]
    missing = [
        f"{name} has no content type"
        for name in names
        if name not in overrides and name.rsplit(".", 1)[-1].lower() not in defaults and name != "[Content_Types].xml"
    ]
    return missing + [f"{name} has a content type but is not there" for name in overrides if name not in names]


def _relationship_faults(name: str, tree: Any, trees: dict[str, Any], names: set[str]) -> list[str]:
    rels = trees.get(_rels_name(name))
    ids = [relation.get("Id") for relation in (() if rels is None else rels)]
    used = {value for element in tree.iter() for key, value in element.attrib.items() if key.startswith(RELATION)}
    return (
        [f"{name} uses {rel_id}, which is not there" for rel_id in used - set(ids) if rel_id]
        + [
            f"{name} relates to {target}, which is not there"
            for target in targets(name, trees).values()
            if target not in names
        ]
        + [f"{name} has a relationship twice" for count in Counter(ids).values() if count > 1]
    )


def _unreached(names: list[str], trees: dict[str, Any]) -> list[str]:
    """Return the parts that nothing refers to: traces of slides that were removed."""
    reached = {"[Content_Types].xml"}
    waiting = list(targets("", {"_rels/.rels": trees["_rels/.rels"]}).values())
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += targets(name, trees).values()
    return [f"{name} is not reached" for name in names if name not in reached and not name.endswith(".rels")]


def _part_faults(tree: Any) -> list[str]:
    ids = Counter(element.get("id") for element in tree.iter(f"{SLIDE}cNvPr"))
    lines = [f"shape id {shape_id} is there {count} times" for shape_id, count in ids.items() if count > 1]
    for element in tree.iter(f"{SLIDE}txBody", f"{DRAWING}txBody"):
        if not element.findall(f"{DRAWING}p"):
            lines.append("a text without a paragraph")
    for graphic in tree.iter(f"{DRAWING}tbl"):
        columns = len(graphic.find(f"{DRAWING}tblGrid"))
        if any(len(row.findall(f"{DRAWING}tc")) != columns for row in graphic.findall(f"{DRAWING}tr")):
            lines.append("a row of a table has not a cell for each column")
    for extent in tree.iter(f"{DRAWING}ext"):
        if int(extent.get("cx", "0")) < 0 or int(extent.get("cy", "0")) < 0:
            lines.append("a shape of negative size")
    return lines


def _chart_faults(name: str, tree: Any, trees: dict[str, Any], parts: dict[str, bytes]) -> list[str]:
    """Return where a chart's copy of its numbers differs from its workbook, and marks that PowerPoint does not take."""
    lines = []
    external = tree.find(f"{CHART}externalData")
    if external is None:
        return ["no workbook"]
    book = openpyxl.load_workbook(io.BytesIO(parts[targets(name, trees)[external.get(f"{RELATION}id")]]))
    sheet = book["Sheet1"]
    for reference in tree.iter(f"{CHART}numRef", f"{CHART}strRef"):
        text = reference.find(f"{CHART}f").text
        first_column, first_row, _, last_row = CELLS.match(text).groups()  # type: ignore[union-attr]
        count = int(reference.find(f".//{CHART}ptCount").get("val"))
        if int(last_row or first_row) - int(first_row) + 1 != count:
            lines.append(f"{text} has {count} values")
        points = {int(p.get("idx")): p.find(f"{CHART}v").text or "" for p in reference.iter(f"{CHART}pt")}
        for at in range(count):
            cell = sheet[f"{first_column}{int(first_row) + at}"]
            if not same(cell.value, points.get(at)):
                lines.append(f"{text}: {cell.coordinate} is {cell.value!r}, the chart has {points.get(at)!r}")
            if cell.data_type == "f":
                lines.append(f"{cell.coordinate} is a formula")
    orders = [element.get("val") for element in tree.iter(f"{CHART}order")]
    indices = [element.get("val") for series in tree.iter(f"{CHART}ser") for element in series.findall(f"{CHART}idx")]
    lines += [
        f"{what} of series twice"
        for what, values in (("order", orders), ("idx", indices))
        if len(set(values)) < len(values)
    ]
    axes = [element.get("val") for axis in tree.find(f".//{CHART}plotArea") for element in axis.findall(f"{CHART}axId")
            if axis.tag.endswith("Ax")]  # fmt: skip
    used = {element.get("val") for plot in tree.find(f".//{CHART}plotArea") for element in plot.findall(f"{CHART}axId")
            if plot.tag.endswith("Chart")}  # fmt: skip
    if set(axes) != used or len(axes) != 2:
        lines.append(f"axes {axes}, used {used}")
    if not any(True for _ in tree.iter(f"{CHART}pt")):
        lines.append("an empty chart")
    lines += _label_faults(tree)
    return lines


def _label_faults(tree: Any) -> list[str]:
    """Return the labels at places that PowerPoint does not know for their form of chart."""
    lines = []
    for plot in tree.find(f".//{CHART}plotArea"):
        form = plot.tag.rpartition("}")[2]
        grouping = plot.find(f"{CHART}grouping")
        if form == "barChart" and grouping is not None and grouping.get("val") != "clustered":
            form = "stacked barChart"
        places = {element.get("val") for element in plot.iter(f"{CHART}dLblPos")}
        lines += [f"a label at {place} of a {form}" for place in places - LABEL_PLACES.get(form, places)]
    return lines


def same(cell: Any, cached: str | None) -> bool:
    """Whether a cell of a workbook is what the chart has."""
    if cell is None or cached is None:
        return (cell or "") == (cached or "")
    if isinstance(cell, (int, float)):
        return float(cell) == float(cached)
    if hasattr(cell, "toordinal"):
        return bool(cell.toordinal() - 693594 == float(cached))
    return bool(str(cell) == cached)


def schemas() -> Path | None:
    """Return the folder of the schemas; None where there is none."""
    folder = Path(os.environ.get("CS_DASH_OOXML_SCHEMAS", "/nowhere"))
    return folder if (folder / "pml.xsd").exists() else None


@lru_cache
def _schema(file: str) -> Any:
    folder = schemas()
    assert folder is not None
    return etree.XMLSchema(etree.parse(str(folder / file)))


def _schema_faults(name: str, tree: Any) -> list[str]:
    if schemas() is None or not name.startswith("ppt/") or name.endswith(".rels"):
        return []
    if name.endswith(("tableStyles.xml", "presProps.xml")):
        return []
    file = next((schema for start, schema in SCHEMA_OF.items() if name.startswith(f"ppt/{start}")), "pml.xsd")
    schema = _schema(file)
    return [] if schema.validate(tree) else [f"{error.line}: {error.message}" for error in schema.error_log][:4]
