"""Text as spreadsheet programs can take it: no formula in a CSV file, nothing in a workbook that breaks it."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

_SIGNS = "[=+\\-@\t\r\n＝＋－＠]"
"""What a formula may begin with, as OWASP lists it under CSV injection."""
FORMULA = re.compile(f"'*{_SIGNS}")
_MARKED = f"^'('*{_SIGNS})"
_NUMBER = re.compile(r"[+-]\d+(\.\d+)?(e[+-]?\d+)?%?", re.IGNORECASE)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\']")
LONGEST_TEXT, LONGEST_TITLE = 32_767, 31
"""What a workbook can hold in a cell and in a sheet's name, in UTF-16 code units."""
CUT = " … (truncated: a workbook cell holds no more)"


def csv_cell(text: str) -> str:
    """Return text that a spreadsheet program does not compute when it opens a CSV file; a number stays one.

    An apostrophe goes before it, also where apostrophes stand there already: `unmarked` gives the same text back.
    """
    return f"'{text}" if FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def unmarked(cells: pa.Array) -> pa.Array | None:
    """Return a column of a CSV file without the apostrophes of `csv_cell`; None where it has none."""
    if not pc.any(pc.starts_with(cells, "'")).as_py():
        return None
    plain = pc.replace_substring_regex(cells, _MARKED, r"\1", max_replacements=1)
    return None if plain.equals(cells) else plain


def workbook_text(text: str) -> str:
    """Return text that a cell of a workbook can hold: without control characters, at most 32,767 code units long."""
    plain = _LOOKS_ESCAPED.sub("_x005F_", _NOT_XML.sub("", text))
    return plain if _length(plain) <= LONGEST_TEXT else _shortened(plain, LONGEST_TEXT - len(CUT)) + CUT


def sheet_title(text: str) -> str:
    """Return text that can be a sheet's name: without the signs that no name may hold, at most 31 code units long."""
    return _shortened(_NOT_IN_A_TITLE.sub("_", _NOT_XML.sub("", " ".join(text.split()))), LONGEST_TITLE)


def _length(text: str) -> int:
    return len(text) + sum(letter > "\uffff" for letter in text) if len(text) * 2 > LONGEST_TEXT else len(text)


def _shortened(text: str, units: int) -> str:
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")
