"""Text files with delimiters: CSV, TSV and their relatives."""

from __future__ import annotations

import csv
import io
import itertools
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.csv

from cs_dash.errors import UnknownOption
from cs_dash.intake.formats import cell_files, controls, encodings
from cs_dash.intake.formats.cell_files import CellFiles
from cs_dash.intake.formats.encodings import Text
from cs_dash.intake.formats.registry import Format, Sheets, SourceFile, unreadable
from cs_dash.intake.results.layouts import TextFormat
from cs_dash.intake.results.sheets import RowFault, Sheet
from cs_dash.look import spreadsheet_text

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
_MARKS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
_RARE = ("^", "~", ":", "§", "¦", "#", "\x01", "\x1f")
_STEADY = 0.95
_SAMPLE = 100_000
_BLOCK = 50_000
_BYTES, _SMALL_BLOCK = 4 << 20, 1 << 20
_CUT_OFF = RowFault("The file ends in the middle of this row.", "Export the file again; it is incomplete.", False)

# One long message in a cell is no reason to refuse a file.
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))

Progress = Callable[[int, float | None], None]


def _silent(_: int, __: float | None) -> None:
    """Report nothing."""


def _sample(text: str) -> str:
    """A beginning of `text` that ends with a whole line."""
    if len(text) <= _SAMPLE:
        return text
    return text[: text.rfind("\n", 0, _SAMPLE) + 1] or text[:_SAMPLE]


def _steadiness(sample: str, delimiter: str, quote: str = '"') -> tuple[float, int]:
    """Share of the rows that have the usual number of cells, and that number; (0, 1) where nothing is delimited."""
    if delimiter not in sample:
        return 0.0, 1
    try:
        widths = Counter(len(row) for row in _reader(io.StringIO(sample, newline=""), delimiter, quote) if row)
    except csv.Error:
        return 0.0, 1
    wide = {width: n for width, n in widths.items() if width > 1}
    if not wide:
        return 0.0, 1
    width, rows = max(wide.items(), key=lambda width_and_rows: (width_and_rows[1], width_and_rows[0]))
    return rows / widths.total(), width


def delimiter(text: str) -> str:
    """Return the delimiter of `text`: the one that cuts most rows into the same number of cells, more cells first.

    A text without any is one column, and the comma is as good as another. Signs that texts and times hold too are
    taken only where no usual delimiter cuts anything and they cut every row alike, into three cells and more.
    """
    sample = _sample(text)
    scores = {sign: _steadiness(sample, sign, quote(sample, sign)) for sign in DELIMITERS.values()}
    best = max(DELIMITERS.values(), key=lambda sign: (round(scores[sign][0], 1), scores[sign][1]))
    if scores[best][1] > 1:
        return best
    rare = {sign: _steadiness(sample, sign, quote(sample, sign)) for sign in _RARE if sign in sample}
    steady = [sign for sign, (share, width) in rare.items() if share >= _STEADY and width > 2]
    return max(steady, key=lambda sign: rare[sign][1], default=",")


def quote(sample: str, delimiter: str) -> str:
    """Return the quote sign: the apostrophe where whole cells are in apostrophes and none in double quotes."""
    return "'" if _quoted(sample, delimiter, "'") > 1 and not _quoted(sample, delimiter, '"') else '"'


def _quoted(sample: str, delimiter: str, sign: str) -> int:
    """How many whole cells stand between two of the signs, formulas apart."""
    if not (sample.startswith(sign) or f"\n{sign}" in sample or f"{delimiter}{sign}" in sample):
        return 0
    edge = re.escape(delimiter)
    cells = re.findall(rf"(?:^|{edge})({sign}[^{sign}\n]*{sign})(?={edge}|\r?$)", sample, re.M)
    return sum(not spreadsheet_text.FORMULA.match(cell) for cell in cells)


def _reader(lines: Iterable[str], delimiter: str, quote: str) -> Iterator[list[str]]:
    return csv.reader(lines, delimiter=delimiter, quotechar=quote)


def _fast(path: Path, start: int, delimiter: str, quoted: bool, tell: Progress, folder: Path | None) -> pa.Table | None:
    """Read rows that all have the same number of cells; None where they do not."""
    size = path.stat().st_size
    cells, batches = CellFiles(folder) if folder else None, list[pa.RecordBatch]()
    with path.open("rb") as stream:
        stream.seek(start)
        first = stream.readline()
        if not first.strip():
            return None
        stream.seek(start)
        try:
            reader = pa.csv.open_csv(
                stream,
                read_options=pa.csv.ReadOptions(
                    autogenerate_column_names=True, block_size=_BYTES if cells is None else _SMALL_BLOCK
                ),
                parse_options=pa.csv.ParseOptions(
                    delimiter=delimiter, newlines_in_values=quoted, ignore_empty_lines=False
                ),
                convert_options=pa.csv.ConvertOptions(
                    column_types={f"f{n}": pa.string() for n in range(first.count(delimiter.encode()) + 1)},
                    strings_can_be_null=False,
                ),
            )
            if any(not pa.types.is_string(field.type) for field in reader.schema):
                return None
            rows, done = 0, 0
            for batch in reader:
                (cells or batches).append(batch)
                rows, done = rows + batch.num_rows, done + batch.nbytes
                tell(rows, min(done / size, 1.0))
        except pa.ArrowInvalid:
            return None
    if cells and rows:
        del batch, reader
        pa.default_memory_pool().release_unused()
        return cells.table()
    return cell_files.whole_table(batches) if batches else reader.schema.empty_table()


def _blocks(rows: Iterable[list[str]]) -> Iterable[list[list[str]]]:
    remaining = iter(rows)
    while block := list(itertools.islice(remaining, _BLOCK)):
        yield block


def _slow(
    lines: Iterable[str], end: str, delimiter: str, quote_sign: str, tell: Progress, folder: Path | None
) -> tuple[pa.Table, dict[int, RowFault]]:
    """Read rows of any length; those longer or shorter than the usual are noted."""
    rows = _reader(lines, delimiter, quote_sign)
    widths: Counter[int] = Counter()
    raw = [0]
    cells, blocks = CellFiles(folder) if folder else None, list[pa.Table]()
    lengths: list[int] = []
    for block in _blocks(rows):
        raw.append(Counter(len(row) for row in block if row).most_common(1)[0][0] if any(block) else 0)
        last = len(block[-1])
        for row in block:
            while len(row) > 1 and row[-1] == "":
                row.pop()
        counts = [len(row) for row in block]
        widths.update(counts)
        lengths.extend(counts)
        tell(len(lengths), None)
        wide = max(counts)
        columns = itertools.zip_longest(*(row + [""] * (wide - len(row)) for row in block), fillvalue="")
        (cells or blocks).append(pa.table({f"f{n}": pa.array(column, pa.string()) for n, column in enumerate(columns)}))
    if not lengths:
        return pa.table({}), {}
    table = cells.table() if cells else cell_files.whole_table(blocks)
    header = next((n for n in lengths[:50] if n >= 2 and n >= 0.5 * max(widths, key=lambda w: widths[w])), 1)
    usual = max(header, max(widths, key=lambda w: (widths[w], w)))
    odd = [(at, n) for at, n in enumerate(lengths) if n > usual]
    faults = {
        at: RowFault(
            f"The row has {n} cells; the other rows have {usual}.",
            "Put values that contain the delimiter in quotes.",
            True,
        )
        for at, n in odd
    }
    if end not in ("\n", "\r") and 0 < last < max(raw):
        faults[table.num_rows - 1] = _CUT_OFF
    return table.select(range(min(table.num_columns, max(usual, 1)))), faults


def _open_quote(text: Text, table: pa.Table) -> dict[int, RowFault]:
    """A file that ends inside quotes was cut off on its way."""
    if table.num_rows < 2 or table.num_columns < 2 or text.quotes % 2 == 0 or text.end in ('"', "\n", "\r"):
        return {}
    return {table.num_rows - 1: _CUT_OFF}


def description(encoding: str, delimiter: str) -> str:
    """Return how a text became cells, in words; `delimiter` is the sign between its cells, "" where there is none.

    >>> described("cp1251", ";")
    'Windows-1251 text, cells separated by semicolons'
    """
    cells = f", cells separated by {_MARKS.get(delimiter, f'“{delimiter}”')}" if delimiter else ""
    return f"{encodings.title(encoding)} text{cells}"


def reading_notes(text: Text, grid: pa.Table, delimiter: str) -> tuple[str, ...]:
    """Return how a text was read, as sentences; nothing of plain UTF-8 with commas."""
    notes = []
    if not encodings.plain(text.encoding) or (delimiter != "," and grid.num_columns > 1):
        notes.append(f"Read as {description(text.encoding, delimiter if grid.num_columns > 1 else '')}.")
    return tuple(notes)


def read(
    text: Text,
    delimiter_option: str | None = None,
    tell: Progress = _silent,
    new_folder: Callable[[], Path] | None = None,
) -> tuple[pa.Table, dict[int, RowFault], str]:
    """Return the cells of `text`, what is wrong with which row (by position), and the delimiter.

    Args:
        text: the file's text, as UTF-8.
        delimiter_option: the delimiter, or None to find it.
        tell: takes the rows read so far and the share of the file that they are, None where it is unknown.
        new_folder: makes a folder for the cells of a large text; without it they are held in memory.
    """
    used = delimiter_option or delimiter(text.head)
    large = text.path.stat().st_size >= cell_files.LEAST_BYTES
    few_columns = text.head.partition("\n")[0].count(used) < cell_files.MOST_COLUMNS
    make_folder = new_folder if new_folder and large and few_columns else lambda: None
    table, quote_sign = None, quote(_sample(text.head), used)
    if text.quotes % 2 == 0 and quote_sign == '"' and used.isascii():
        table = _fast(text.path, text.start, used, text.quotes > 0, tell, make_folder())
    faults: dict[int, RowFault] = {}
    if table is None:
        with text.path.open("rb") as stream:
            stream.seek(text.start)
            with io.TextIOWrapper(stream, encoding="utf-8", newline="") as lines:
                table, faults = _slow(lines, text.end, used, quote_sign, tell, make_folder())
    return table, faults | _open_quote(text, table), used


def _chosen_delimiter(options: Mapping[str, str]) -> str | None:
    """The delimiter that the options name; None where it is to be detected. Raises UnknownOption."""
    choice = options.get("delimiter")
    if choice is None:
        return None
    sign = DELIMITERS.get(choice.strip().casefold(), choice.replace("\\t", "\t"))
    if len(sign) != 1:
        raise UnknownOption(
            "Unknown delimiter", f"Could not use “{choice}” as the delimiter because it is not one character.",
            f"Use {', '.join(DELIMITERS)} or any single character.",
        )  # fmt: skip
    return sign


def read_file(source: SourceFile) -> Sheets:
    """Return a text file as one sheet. Raises UnreadableFile where it is no text, and UnknownOption."""
    text = source.text
    if text is None:
        raise TEXT.unreadable()
    if not text.end:
        raise unreadable("It is empty.", "Export it again.")
    grid, faults, sign = read(text, _chosen_delimiter(source.options), source.progress, source.new_folder)
    file = source.file
    if text.path != file.path:
        text.path.unlink()
    grid, apostrophe_notes = cell_files.without_apostrophes(grid)
    grid, control_notes = controls.without(grid) if text.controls else (grid, ())
    notes = (*reading_notes(text, grid, sign), *apostrophe_notes, *control_notes)
    return iter([Sheet(file.name, "", grid, file.upload, notes, faults, text=TextFormat(text.encoding, sign))])


TEXT = Format(
    "text",
    why="It is neither text nor a workbook.",
    advice="Export the table as .xlsx or .csv.",
    extensions=(".csv", ".tsv", ".txt"),
    reading="any delimiter, quoted or not; the encoding is detected, and stated if it is not UTF-8 (change both on the "
    "page, or with `--option delimiter=` and `--option encoding=`); an apostrophe before =, +, - or @ is removed",
    read=read_file,
)
FORMATS = (TEXT,)
