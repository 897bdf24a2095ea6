"""The load report in lines: what each sheet was taken for, what of it is not used or doubtful, what is wrong in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from cs_dash.intake.results.problems import Problem, UnusedColumn
from cs_dash.intake.results.reports import LoadReport, SheetReport
from cs_dash.look.words import count, plural
from cs_dash.schema.field_metrics import METRICS
from cs_dash.schema.tables import TABLES, noun_of

MOST_NAMED = 4
"""So many columns, rows or values are named in one line; the others are counted."""
DOUBTFUL = 0.75
"""Below this confidence a column is named with what it was taken for."""
_OTHER_ROW = re.compile(r"\brow \d+")


def sheet_lines(report: LoadReport, *, options: bool = False, all_sheets: bool = True) -> list[str]:
    """Return one line per sheet that was loaded: its rows, its tables, what is not used, what is doubtful.

    Before them stand the conflicts between the sheets. `options`: with the option of the command line that answers a
    question, which a page asks beside the column. `all_sheets`: also those of which there is no more than that they
    were read, which stands in the table of a page.
    """
    sheets: dict[tuple[str, str], list[SheetReport]] = {}
    for sheet in report.files:
        sheets.setdefault((sheet.file, sheet.sheet), []).append(sheet)
    conflicts = [conflict.text for conflict in report.conflicts]
    sentences = {where: _sheet_sentences(parts, options) for where, parts in sheets.items()}
    return conflicts + [
        f"{place(*where)}: {'. '.join(texts)}." for where, texts in sentences.items() if all_sheets or len(texts) > 1
    ]


def place(file: str, sheet: str) -> str:
    """Return where rows come from: "tickets.xlsx / Export"."""
    return f"{file} / {sheet}" if sheet else file


def _sheet_sentences(parts: Sequence[SheetReport], options: bool) -> list[str]:
    titles = list(dict.fromkeys(noun_of(part.table) for part in parts))
    tables = " and ".join([", ".join(titles[:-1]), titles[-1]] if len(titles) > 1 else titles)
    rows = max(part.sheet_rows for part in parts)
    sentences = [f"{plural(rows, 'row')} read as {tables}" if rows else f"read as {tables}"]
    if rejected := sum(part.rejected for part in parts):
        sentences.append(f"{plural(rejected, 'row')} rejected")
    if unused := unused_text([column for part in parts for column in part.unused]):
        sentences.append(unused)
    if doubts := _doubts(parts, options):
        sentences.append(f"Please check: {_some(doubts)}")
    return sentences


def _some(texts: Sequence[str]) -> str:
    more = [f"and {count(len(texts) - MOST_NAMED)} more"] if len(texts) > MOST_NAMED else []
    return "; ".join([*texts[:MOST_NAMED], *more])


def unused_text(columns: Sequence[UnusedColumn]) -> str:
    """Return the unused columns of a sheet, those first that could decide a metric; "" where there are none."""
    if not columns:
        return ""
    ordered = sorted(columns, key=lambda column: (not column.metrics, column.holds not in ("dates", "amounts")))
    texts = [
        column.text + (f", which may affect {' or '.join(column.metrics)}" if column.metrics else "")
        for column in ordered
    ]
    return f"Unused: {_some(texts)}"


def _doubts(parts: Sequence[SheetReport], options: bool) -> list[str]:
    doubts = []
    for part in parts:
        for column in part.mapped:
            affected = f"it affects {METRICS[column.field]}" if column.field in METRICS else ""
            touched = f"; {affected}" if affected else ""
            if column.question:
                answers = " or ".join(value for value, _ in column.answers)
                more = [f'--option "{column.option}={answers}"'] if options else []
                more += [affected] if affected else []
                doubts.append(column.question + (f" ({'; '.join(more)})" if more else ""))
            elif column.confidence < DOUBTFUL and (label := _label(part.table, column.field)):
                doubts.append(f"column {column.column} was read as {label} ({column.because}{touched})")
    return list(dict.fromkeys(doubts))


def _label(table: str, field: str) -> str:
    """What a table calls a field; "" for one of accounts in a table made of their rows: it is named with those."""
    fields = TABLES[table].fields if table in TABLES else ()
    return next((own.label for own in fields if own.name == field), "")


def assumption_lines(sheets: Iterable[SheetReport]) -> list[str]:
    """Return what was assumed, each sentence once, with all the sheets that it is about."""
    places: dict[str, dict[str, None]] = {}
    for sheet in sheets:
        for text in sheet.assumptions:
            places.setdefault(text, {})[place(sheet.file, sheet.sheet)] = None
    return [f"{_places(list(wheres))}: {text}" for text, wheres in places.items()]


def _places(places: Sequence[str]) -> str:
    more = f" and {count(len(places) - MOST_NAMED)} more" if len(places) > MOST_NAMED else ""
    return ", ".join(places[:MOST_NAMED]) + more


def problem_lines(sheet: SheetReport) -> list[str]:
    """Return the problems of a sheet, each sentence once, with the rows and values that it is about and their count."""
    groups: dict[tuple[str, str, str, bool], list[Problem]] = {}
    for problem in sheet.problems:
        what = _OTHER_ROW.sub("another row", problem.what)
        groups.setdefault((problem.column, what, problem.advice, problem.fatal), []).append(problem)
    return [
        f"{place(sheet.file, sheet.sheet)}{_rows(problems)}, {_values(column, problems)}:"
        f" {what if len(problems) > 1 else problems[0].what} {advice}"
        for (column, what, advice, _), problems in groups.items()
    ]


def _rows(problems: Sequence[Problem]) -> str:
    rows = [str(problem.row) for problem in problems if problem.row is not None]
    if not rows:
        return ""
    if len(rows) == 1:
        return f", row {rows[0]}"
    more = f" and {count(len(rows) - MOST_NAMED)} more" if len(rows) > MOST_NAMED else ""
    return f", {count(len(rows))} rows ({', '.join(rows[:MOST_NAMED])}{more})"


def _values(column: str, problems: Sequence[Problem]) -> str:
    values = list(dict.fromkeys(problem.value for problem in problems))
    more = " ..." if len(values) > MOST_NAMED else ""
    return f"{column} = {', '.join(map(repr, values[:MOST_NAMED]))}{more}"
