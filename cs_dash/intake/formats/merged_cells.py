"""Where in a workbook's sheets cells are merged over several rows or columns."""

from __future__ import annotations

import lzma
import re
import zipfile
import zlib
from pathlib import Path

from cs_dash.intake.formats import workbook_xml

_AREA = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?\bref="([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"')
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]+)[0-9]+"')
_LARGEST = 64 << 20
"""Larger sheets are made by programs, which merge nothing."""


def areas(path: Path, part: str) -> list[tuple[int, int, int, int]]:
    """Return (top, left, bottom, right) of the merged cells of a sheet, from 0 and the last ones included.

    None are returned where the part of the workbook that holds the sheet cannot be read.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo(part).file_size > _LARGEST:
                return []
            content = archive.read(part)
    except (KeyError, EOFError, OSError, RuntimeError, zipfile.BadZipFile, zlib.error, lzma.LZMAError):
        return []
    if b"mergeCell " not in content:
        return []
    # The grid begins with the first column that holds anything.
    first = min(map(workbook_xml.column_number, {letters.decode() for letters in _CELL.findall(content)}), default=1)
    spans = [
        (
            int(top) - 1, workbook_xml.column_number(left.decode()) - first,
            int(bottom) - 1, workbook_xml.column_number(right.decode()) - first,
        )
        for left, top, right, bottom in _AREA.findall(content)
    ]  # fmt: skip
    return [span for span in spans if span[1] >= 0]
