"""What our server sends for a page, read off the wire, as the content of the floor's page.

So the floor has as many charts, rows and expanders as the app has today.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
from streamlit.proto.Block_pb2 import Block
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

Where = tuple[int, ...]
MAIN = 0
LABEL = re.compile(r'<(?:span|a) class="cs-label"[^>]*>(.*?)</(?:span|a)>')
VALUE = re.compile(r'<div class="cs-value[^>]*>(.*?)</div>')
TITLE = re.compile(r"<h1>(.*?)</h1>")
TABLE = re.compile(r'<table class="cs-table">.*?</table>', re.DOTALL)
TAGS = re.compile(r"<[^>]+>")


@dataclass
class Recorded:
    """What a page consists of in one scope.

    Attributes:
        page: its name in the address.
        title: its headline.
        figures: (label, value) of the headline figures.
        items: charts, tables, expanders and uploaders, in their order; see `floor.main.send`.
        charts: how many of the items are charts.
        tables: how many are tables, those in expanders apart.
        rows: how many rows all tables have.
        bytes: how much was sent.
    """

    page: str
    title: str
    figures: list[tuple[str, str]] = field(default_factory=list)
    items: list[dict[str, Any]] = field(default_factory=list)
    charts: int = 0
    tables: int = 0
    rows: int = 0
    bytes: int = 0


def freeze(pages: Mapping[str, Sequence[list[bytes]]], folder: Path) -> dict[str, Recorded]:
    """Write the pages for the floor, given by name as the messages sent in each scope; return their first scopes."""
    folder.mkdir(parents=True, exist_ok=True)
    recorded = {
        name: [_page(name, f"{name}-{at}", messages, folder) for at, messages in enumerate(scopes)]
        for name, scopes in pages.items()
    }
    contents = [
        {
            "page": name,
            "title": scopes[0].title,
            "scopes": [{"figures": scope_content.figures, "items": scope_content.items} for scope_content in scopes],
        }
        for name, scopes in recorded.items()
    ]
    (folder / "pages.json").write_text(json.dumps(contents), encoding="utf-8")
    return {name: scopes[0] for name, scopes in recorded.items()}


def _page(name: str, files: str, messages: list[bytes], folder: Path) -> Recorded:
    blocks, elements = _tree(messages)
    recorded = Recorded(name, name, bytes=sum(len(message) for message in messages))
    expanders: dict[Where, dict[str, Any]] = {}
    for where, element in sorted(elements.items()):
        _headline(element, recorded)
        expander = next((at for at in _above(where) if blocks[at].WhichOneof("type") == "expandable"), None)
        item = _item(
            element, f"{files}-{'-'.join(map(str, where))}", folder, recorded, in_expander=expander is not None
        )
        if item is None:
            continue
        item |= _columns(where, blocks)
        if expander is None:
            recorded.items.append(item)
            continue
        if expander not in expanders:
            expandable = blocks[expander].expandable
            whole = {"row": None, "column": None}
            expanders[expander] = {
                "kind": "expander",
                "label": expandable.label,
                "expanded": expandable.expanded,
                "items": [],
            } | whole
            recorded.items.append(expanders[expander])
        expanders[expander]["items"].append(item)
    return recorded


def _tree(messages: list[bytes]) -> tuple[dict[Where, Block], dict[Where, Element]]:
    """Return the blocks and the elements of the main part of the page, by their path."""
    blocks: dict[Where, Block] = {}
    elements: dict[Where, Element] = {}
    for payload in messages:
        message = ForwardMsg()
        message.ParseFromString(payload)
        where = tuple(message.metadata.delta_path)
        if message.WhichOneof("type") != "delta" or where[:1] != (MAIN,):
            continue
        if message.delta.WhichOneof("type") == "add_block":
            blocks[where] = message.delta.add_block
        elif message.delta.WhichOneof("type") == "new_element":
            elements[where] = message.delta.new_element
    return blocks, elements


def _above(where: Where) -> Iterator[Where]:
    """Yield the paths of the blocks around a path, the nearest first; the page itself is none."""
    yield from (where[:end] for end in range(len(where) - 1, 1, -1))


def _columns(where: Where, blocks: dict[Where, Block]) -> dict[str, Any]:
    """Return the row of columns that an element stands in, and which of them; None where it has the whole width."""
    for at in _above(where):
        if blocks[at].flex_container.direction == Block.FlexContainer.HORIZONTAL:
            return {"row": "-".join(map(str, at)), "column": where[len(at)]}
    return {"row": None, "column": None}


def _headline(element: Element, recorded: Recorded) -> None:
    kind = element.WhichOneof("type")
    if kind == "html":
        body = element.html.body
        if title := TITLE.search(body):
            recorded.title = html.unescape(title[1])
        recorded.figures += [
            (html.unescape(label), html.unescape(value))
            for label, value in zip(LABEL.findall(body), VALUE.findall(body), strict=True)
        ]
    elif kind == "metric":
        recorded.figures.append((element.metric.label, element.metric.body))


def _item(element: Element, name: str, folder: Path, recorded: Recorded, *, in_expander: bool) -> dict[str, Any] | None:
    """Return an element as the floor sends it; None for what a bare page does without."""
    match element.WhichOneof("type"):
        case "vega_lite_chart":
            recorded.charts += 1
            (folder / f"{name}.arrow").write_bytes(element.vega_lite_chart.data.data)
            spec = json.loads(element.vega_lite_chart.spec)
            chart = f"chart-{recorded.page}-{recorded.charts}"  # the same in all scopes, as with ours
            return {"kind": "chart", "rows": f"{name}.arrow", "spec": spec, "key": chart}
        case "dataframe":
            table = element.dataframe
            recorded.tables += not in_expander
            recorded.rows += _rows(table.arrow_data.data)
            (folder / f"{name}.arrow").write_bytes(table.arrow_data.data)
            height = element.height_config.pixel_height or "auto"
            return {"kind": "table", "rows": f"{name}.arrow", "row_height": table.row_height or None, "height": height}
        case "html" if table_markup := TABLE.search(element.html.body):
            frame = _frame(table_markup[0])
            recorded.tables += not in_expander
            recorded.rows += frame.num_rows
            with (
                pa.OSFile(str(folder / f"{name}.arrow"), "wb") as sink,
                pa.ipc.new_stream(sink, frame.schema) as writer,
            ):
                writer.write_table(frame)
            return {"kind": "table", "rows": f"{name}.arrow", "row_height": None, "height": "auto"}
        case "html" if in_expander:
            return {"kind": "text", "body": element.html.body}
        case "markdown" if in_expander:
            return {"kind": "text", "body": element.markdown.body}
        case "file_uploader":
            return {"kind": "upload"}
    return None


def _frame(markup: str) -> pa.Table:
    """Return the rows of one of our tables as the floor's table has them."""
    head, _, body = markup.partition("</thead>")
    heads = [_text(cell) for cell in re.findall(r"<th.*?</th>", head, re.DOTALL)]
    rows = [re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL) for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL)]
    names = [f"{name} {at}" for at, name in enumerate(heads)]
    return pa.table({
        name: pa.array([_text(row[at]) if at < len(row) else None for row in rows], pa.string())
        for at, name in enumerate(names)
    })  # fmt: skip


def _text(markup: str) -> str:
    return " ".join(html.unescape(TAGS.sub(" ", markup)).split())


def _rows(data: bytes) -> int:
    with pa.ipc.open_stream(data) as reader:
        return int(reader.read_all().num_rows)
