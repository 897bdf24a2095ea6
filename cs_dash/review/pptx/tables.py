"""Tables of PowerPoint's own: their rows never grow, because every text is sized and shortened beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.oxml.ns import qn

from cs_dash.review.pptx.boxes import Box
from cs_dash.review.pptx.nodes import emu, node, outline, solid
from cs_dash.review.pptx.palette import DeckColors
from cs_dash.review.pptx.text_size import LINE_HEIGHT, fitted, width, wrapped
from cs_dash.review.pptx.texts import Paragraph, describe, write

NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's table without a style: no lines, no fills."""


@dataclass(frozen=True)
class Spacing:
    """How densely a table is set: points around its texts, sizes to try, lines of a cell and of a heading."""

    across: float
    down: float
    sizes: tuple[float, ...]
    lines: int
    heading_lines: int = 3


ROOMY = Spacing(across=6.0, down=2.5, sizes=(12.0, 11.0, 10.0, 9.0), lines=2)
DENSE = Spacing(across=3.0, down=0.8, sizes=(11.0, 10.0, 9.0, 8.0), lines=1)
MOST_WIDTH, MOST_WORD = 230.0, 110.0
"""Points that a column takes at most, and at least for its longest word."""
SHORT = 11
"""Letters of a text that is not broken: those of a day."""
SAMPLE = 40
"""So many rows decide how wide the columns are: more are not shown."""


@dataclass(frozen=True)
class SlideCell:
    """A cell: its text, its side ("l", "r", "ctr"), and its colours, "" for none."""

    text: str
    aligned: str = "l"
    fill: str = ""
    color: str = ""
    bold: bool = False
    hatched: bool = False


def add_table(
    slide: Any,
    box: Box,
    head: Sequence[SlideCell],
    rows: Sequence[Sequence[SlideCell]],
    palette: DeckColors,
    words: str,
    spacing: Spacing = ROOMY,
) -> tuple[int, int]:
    """Add a table with as many rows, and as many columns, as fit. Return how many it has of both.

    `words`: its description for screen readers.
    """
    size, widths = _size_and_widths(head, rows, box.width, spacing)
    head = head[: len(widths)]
    head_height = _height(head, widths, size, spacing, spacing.heading_lines)
    fitting, heights, used = [], [], head_height
    for row in rows:
        row = row[: len(widths)]
        height = _height(row, widths, size, spacing, spacing.lines)
        if used + height > box.height + 0.01:
            break
        fitting.append(row)
        heights.append(height)
        used += height
    frame = slide.shapes.add_table(len(fitting) + 1, len(head), *Box(box.left, box.top, sum(widths), used).emu)
    frame.name = "Table"
    describe(frame, words)
    table = frame.table
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = NO_STYLE
    table.horz_banding = False
    for column, room in zip(table.columns, widths, strict=True):
        column.width = emu(room)
    for native_row, height in zip(table.rows, [head_height, *heights], strict=True):
        native_row.height = emu(height)
    for at, row in enumerate([head, *fitting]):
        most = spacing.lines if at else spacing.heading_lines
        for cell, room, native in zip(row, widths, table.rows[at].cells, strict=True):
            text = fitted(cell.text, room - 2 * spacing.across, most * size * LINE_HEIGHT + 0.5, size, size, cell.bold)
            _fill_cell(native, cell, Paragraph(text.text, size, cell.color or _color(at == 0, palette), cell.bold,
                                               aligned=cell.aligned), palette, spacing)  # fmt: skip
    return len(fitting), len(head)


def _color(is_head: bool, palette: DeckColors) -> str:
    return palette.theme.muted if is_head else palette.theme.text


def _size_and_widths(
    head: Sequence[SlideCell], rows: Sequence[Sequence[SlideCell]], room: float, spacing: Spacing
) -> tuple[float, list[float]]:
    """Return the largest size at which the columns fit side by side, and their widths.

    At the smallest sizes columns shrink until no word is broken; if that does not do, the last ones are left out.
    """
    for size in spacing.sizes:
        words, natural, full = _natural_widths(head, rows, size, spacing)
        if sum(natural) <= room:
            return size, _spread(natural, full, room)
        if sum(words) <= room and size <= spacing.sizes[-2]:
            break
    while sum(words) > room and len(words) > 1:
        words, natural = words[:-1], natural[:-1]
    spare = max(room - sum(words), 0.0)
    wanted = sum(full - least for full, least in zip(natural, words, strict=True)) or 1.0
    part = min(spare / wanted, 1.0)
    widths = [least + (full - least) * part for full, least in zip(natural, words, strict=True)]
    return size, [length * min(1.0, room / sum(widths)) for length in widths]


def _natural_widths(
    head: Sequence[SlideCell], rows: Sequence[Sequence[SlideCell]], size: float, spacing: Spacing
) -> tuple[list[float], list[float], list[float]]:
    """Return for each column the width of its longest word, that of its longest text within bounds, and without."""
    words, natural, full = [], [], []
    for at, cell in enumerate(head):
        cells = [row[at] for row in rows[:SAMPLE]]
        longest = max(
            [width(word, size, one.bold) for one in (cell, *cells) for word in _unbroken(one, one is cell)], default=0.0
        )
        texts = max([width(one.text, size, one.bold) for one in cells], default=0.0)
        around = 2 * spacing.across + 2
        words.append(min(longest, MOST_WORD) + around)
        natural.append(max(min(texts, MOST_WIDTH), min(longest, MOST_WIDTH)) + around)
        full.append(max(texts, longest) + around)
    return words, natural, full


def _unbroken(cell: SlideCell, is_head: bool) -> list[str]:
    """Return what stays on one line: words, and a short text such as a day as a whole."""
    return [cell.text] if len(cell.text) <= SHORT and not is_head else cell.text.split(" ")


def _spread(natural: list[float], full: list[float], room: float) -> list[float]:
    """Return the widths of columns that fill the room: what is spare goes to long texts first, then to all."""
    spare = room - sum(natural)
    wanted = sum(most - length for most, length in zip(full, natural, strict=True))
    part = min(spare / wanted, 1.0) if wanted else 0.0
    widths = [length + (most - length) * part for most, length in zip(full, natural, strict=True)]
    extra = (room - sum(widths)) / len(widths)
    return [length + extra for length in widths]


def _height(row: Sequence[SlideCell], widths: Sequence[float], size: float, spacing: Spacing, most: int) -> float:
    lines = max(
        min(len(wrapped(cell.text, room - 2 * spacing.across, size, cell.bold)), most)
        for cell, room in zip(row, widths, strict=True)
    )
    return lines * size * LINE_HEIGHT + 2 * spacing.down + 1


def _fill_cell(native: Any, cell: SlideCell, paragraph: Paragraph, palette: DeckColors, spacing: Spacing) -> None:
    theme = palette.theme
    write(native._tc.txBody, [paragraph], palette)
    rule = outline(palette.ink(theme.border), 0.75)
    rule.tag = qn("a:lnB")
    fill = node("a:noFill")
    if cell.hatched:
        fill = node(
            "a:pattFill",
            node("a:fgClr", node("a:srgbClr", val=theme.border.lstrip("#"))),
            node("a:bgClr", node("a:srgbClr", val=theme.background.lstrip("#"))),
            prst="ltUpDiag",
        )
    elif cell.fill:
        fill = solid(palette.ink(cell.fill))
    margins = {"marL": spacing.across, "marR": spacing.across, "marT": spacing.down, "marB": spacing.down}
    look = node("a:tcPr", rule, fill, anchor="ctr", **{name: emu(points) for name, points in margins.items()})
    existing = native._tc.find(qn("a:tcPr"))
    if existing is not None:
        native._tc.remove(existing)
    native._tc.append(look)
