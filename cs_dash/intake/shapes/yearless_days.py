"""Days and months without a year, such as "31.12.", "Dec 31" or "Q3": the year stands elsewhere in the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.cells import arrays, date_order, dates, day_parser, missing, open_ends
from cs_dash.intake.detection import date_names
from cs_dash.intake.results.problems import LoadContext
from cs_dash.intake.results.sheets import Block, Sheet
from cs_dash.intake.shapes.period_groups import year_of
from cs_dash.schema import names
from cs_dash.schema.tables import TABLES, Field

_MONTH = "|".join(sorted(map(re.escape, dates.MONTHS), key=len, reverse=True))
_FORMS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), with_year)
    for pattern, with_year in (
        (r"^(\d{1,2})([./-])\s?(\d{1,2})\.?$", r"\g<1>\g<2>\g<3>\g<2>{year}"),
        (rf"^(\d{{1,2}})(?:st|nd|rd|th|er|º)?\.?[\s\-]*(?:de\s+)?({_MONTH})\.?$", r"\1 \2 {year}"),
        (rf"^({_MONTH})\.?[\s\-]*(\d{{1,2}})(?:st|nd|rd|th)?$", r"\1 \2, {year}"),
        (r"^(\d{1,2})\s*月\s*(\d{1,2})\s*日?$", r"{year}年\1月\2日"),
        (rf"^({_MONTH})\.?$", r"\1 {year}"),
        (r"^([QT][1-4]|[HS][12])$", r"\1 {year}"),
    )
)
_MONTH_AND_YEAR = re.compile(r"^(0?[1-9]|1[0-2])/(\d\d)$")
_PAST, _FUTURE, _FEW = 12, 5, 4
"""Years before and after the load in which "03/25" is a month of a year, where so many different values are."""
_MONTH_AND_NUMBER = _FORMS[2][0]
_POINTED = re.compile(r"^(\d+)\.(\d+)$")
_YEAR_WORDS = frozenset({"year", "yr", "jahr", "annee", "ano", "год", "年", "年份", "年度"})
_YEAR = re.compile(r"^(20\d\d)(?:\.0)?$")
_SAMPLE, _MOST = 50, 0.8
_AHEAD, _AHEAD_OF_BLANK = 10, 4
"""Years ahead of the load from which on a number behind a month is a day; behind a blank sooner: "Dec 31"."""


@cache
def _day_fields() -> dict[str, frozenset[str]]:
    """Keys of the names of columns with days -> the fields that they may fill."""
    fields: dict[str, set[str]] = {}
    listed = [field for table in TABLES.values() for field in table.mapped if field.type in ("date", "timestamp")]
    for field in listed:
        for name in (field.name, *field.synonyms()):
            fields.setdefault(names.key(name), set()).add(field.name)
    return {key: frozenset(held) for key, held in fields.items()}


def _is_end(name: str) -> bool:
    fields = {field for key in names.keys(name) for field in _day_fields().get(key, ())}
    return bool(fields & day_parser.LAST_DAYS or date_names.events(name) & {"end", "churn", "solved"})


def _names_days(name: str) -> bool:
    is_known = any(key in _day_fields() for key in names.keys(name))
    # What is only called after a survey holds its scores: 4.1 is no day.
    return is_known or date_names.names_a_day(name) or bool(date_names.events(name) - {"answered"})


def completed(sheet: Sheet, block: Block, context: LoadContext) -> Block:
    """Return the block with the year behind days and months that are written without one, and a note on it.

    The year is that of a column of years, else of the title, the sheet or the file; an end that lies before the start
    of its row is of the next year. Only columns that are named after days are looked at: 31.12 may be a number.
    """
    block = _with_whole_years(block, context)
    samples = {at: _yearless(block, at) for at, name in enumerate(block.names) if _names_days(name)}
    texts = [text for sample in samples.values() for text in sample]
    are_days = any(_is_day(text, context.loaded_on.year) for text in texts)
    places = [
        at for at, sample in samples.items() if sample and (are_days or not any(map(_MONTH_AND_NUMBER.match, sample)))
    ]
    if not places:
        return block
    many = ", ".join(block.names[at] for at in places)
    years, source = _years(sheet, block, context)
    if years is None:
        note = f"{many} holds dates without a year, and nothing states it: choose the “Year”."
        return replace(block, notes=(*block.notes, note))
    columns = {at: _cells(block, at).to_pylist() for at in places}
    starts = next((at for at in places if not _is_end(block.names[at])), None)
    dated = {at: [_dated(text, year) for text, year in zip(columns[at], years, strict=True)] for at in places}
    begun = _days(dated[starts]) if starts is not None else None
    rows = block.rows
    for at in places:
        if begun is not None and _is_end(block.names[at]):
            ended = _days(dated[at])
            over = [bool(start and end and end < start) for start, end in zip(begun, ended, strict=True)]
            dated[at] = [
                _dated(text, year + 1 if year and is_over else year)
                for text, year, is_over in zip(columns[at], years, over, strict=True)
            ]
        rows = rows.set_column(at, block.names[at], pa.array(dated[at], pa.string()))
    note = f"The dates in {many} have no year; it was taken {source}."
    return replace(block, rows=rows, notes=(*block.notes, note))


def _with_whole_years(block: Block, context: LoadContext) -> Block:
    """Write months such as "03/25" with the whole year, where all of a column's values can be nothing else."""
    for at, name in enumerate(block.names):
        if not _names_days(name):
            continue
        sample = _different(block, at)
        matches = [match for text in sample if (match := _MONTH_AND_YEAR.match(text))]
        years = {2000 + int(match[2]) for match in matches}
        near = range(context.loaded_on.year - _PAST, context.loaded_on.year + _FUTURE + 1)
        if len(matches) >= _FEW and len(matches) == len(sample) and all(year in near for year in years):
            whole = pc.replace_substring_regex(_cells(block, at), r"^(\d{1,2})/(\d\d)$", r"\1/20\2")
            block = replace(block, rows=block.rows.set_column(at, name, whole))
    return block


def _different(block: Block, at: int) -> list[str]:
    """The first different values of a column, without words that say that the end has not come."""
    column = arrays.whole(block.rows.column(at))
    values = arrays.first_different(column, _SAMPLE, lambda cells: missing.without_missing(cells, missing.NO_VALUE))
    return [text for text in values if not open_ends.is_running(text)]


def _cells(block: Block, at: int) -> pa.Array:
    return missing.trimmed(arrays.whole(block.rows.column(at)))


def _yearless(block: Block, at: int) -> list[str]:
    """The first different values of a column that is full of days without a year; none where it is not."""
    sample = _different(block, at)
    if any(map(_is_no_day, sample)):
        return []
    return sample if sum(_form(text) is not None for text in sample) >= _MOST * len(sample) else []


def _is_no_day(text: str) -> bool:
    """Whether two numbers with a point between them can be no day and month: 0.4 and 14.75 are plain numbers."""
    if not (match := _POINTED.match(text)):
        return False
    low, high = sorted((int(match[1]), int(match[2])))
    return not (1 <= low <= 12 and high <= 31 and len(match[2]) <= 2)


def _is_day(text: str, year: int) -> bool:
    """Whether the number behind a month is surely its day, and not a year of two digits."""
    if not (match := _MONTH_AND_NUMBER.match(text)):
        return False
    ahead = _AHEAD_OF_BLANK if " " in text else _AHEAD
    return len(match[2]) == 1 or int(match[2]) > (year + ahead) % 100


def _form(text: str) -> tuple[re.Match[str], str] | None:
    return next(((match, form) for pattern, form in _FORMS if (match := pattern.match(text))), None)


def _dated(text: str | None, year: int | None) -> str | None:
    """A day or month with its year; other texts as they are."""
    written = _form(text) if text and year else None
    return written[0].expand(written[1].replace("{year}", str(year))) if written else text


def _days(texts: Sequence[str | None]) -> list[date | None]:
    """The days that texts name; of months the last, so that an end in the month of its start does not lie before it."""
    order = date_order.order_of_cells(pa.array(texts, pa.string()))
    parse: Callable[[str], tuple[object, object]] = day_parser.DayParser(Field("end_date", "date", ""), order, False, 1)
    days = [parse(text)[0] if text else None for text in texts]
    return [day if isinstance(day, date) else None for day in days]


def _years(sheet: Sheet, block: Block, context: LoadContext) -> tuple[list[int | None] | None, str]:
    """The year of every row and where it stands, in words; None where nothing names one."""
    for at, name in enumerate(block.names):
        if _YEAR_WORDS & set(names.folded(name).split()):
            texts = _cells(block, at).to_pylist()
            years = [int(match[1]) if (match := _YEAR.match(text or "")) else None for text in texts]
            if sum(year is not None for year in years) >= _MOST * len(years):
                return years, f"from the column {name}"
    year, source = year_of(sheet, block, context)
    return ([year] * block.rows.num_rows if year else None), source
