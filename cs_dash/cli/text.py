"""What the command line prints for people."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cs_dash.answer import Answer
from cs_dash.intake.results.reports import MissingRows, matching_summary
from cs_dash.look import words
from cs_dash.pipeline import Decided, Labelled, Line, LoadReport
from cs_dash.pipeline.settings import TAXONOMY
from cs_dash.schema.tables import TABLES
from cs_dash.settings import CURRENCY

LISTED_PROBLEMS = 10
LISTED_ROWS = 40
COUNTS = ("read", "loaded", "updated", "unchanged", "rejected", "duplicates")


def progress(what: str, share: float) -> None:
    """Tell somebody who watches how far long work is; what is written to a file or another program stays silent."""
    if sys.stderr.isatty():
        done = share >= 1
        print(f"\r\033[K{'' if done else f'{what} ({share:.0%})'}", end="", file=sys.stderr, flush=True)


def load_report(report: LoadReport, *, dry_run: bool) -> str:
    """Return a load's report: counts per sheet and table, assumptions, the first problems, what was set aside."""
    lines = []
    if report.files:
        heads = ("file", "sheet", "table", *COUNTS)
        lines.append(grid(heads, [[getattr(sheet, head) for head in heads] for sheet in report.files]))
    for sheet in report.files:
        where = _where(sheet.file, sheet.sheet)
        lines += [f"{where}: {each}" for each in sheet.assumptions]
        for problem in sheet.problems[:LISTED_PROBLEMS]:
            place = f", row {problem.row}" if problem.row else ""
            lines.append(f"{where}{place}, {problem.column} = {problem.value!r}: {problem.what} {problem.advice}")
        if len(sheet.problems) > LISTED_PROBLEMS:
            lines.append(f"{where}: and {len(sheet.problems) - LISTED_PROBLEMS} more problems; --json lists all.")
    lines += [f"{_where(each.file, each.sheet)} was set aside: {each.why}" for each in report.ignored]
    lines += [_lacking(each) for each in report.lacking]
    if dry_run:
        lines.append("Nothing was changed: this was a dry run.")
    elif report.version is None:
        lines.append("No new version: nothing changed." if report.usable else "No new version: no row could be used.")
    else:
        lines.append(f"Version {report.version} is published.")
    return "\n".join(lines)


def _lacking(lacking: MissingRows) -> str:
    title, named = TABLES[lacking.table].title.lower(), ", ".join(lacking.examples)
    rows = f"{lacking.rows:,} of {lacking.rows + lacking.again:,} {title} known from the last such file ({named} ...)"
    if lacking.gone:
        return f"{rows} are not in this one: removed."
    return f"{rows} are not in this one: kept; --option missing=gone removes them."


def _where(file: str, sheet: str) -> str:
    return f"{file} / {sheet}" if sheet else file


def labelled(found: Labelled) -> str:
    """Return what became of labels: how many of each kind, and the first rows that could not be used."""
    lines = [f"{found.labelled:,} tickets labelled."]
    lines += [f"  {kind:<20} {n:>8,}" for kind, n in found.kinds.items()]
    for each in found.problems[:LISTED_PROBLEMS]:
        lines.append(f"row {each['row']}, {each['column']} = {each['value']!r}: {each['what']} {each['advice']}")
    if len(found.problems) > LISTED_PROBLEMS:
        lines.append(f"and {len(found.problems) - LISTED_PROBLEMS} more rows could not be used; --json lists all.")
    return "\n".join(lines)


def answer(found: Answer) -> str:
    """Return an answer: the sentence, the figures with their doubt, the notes, the first rows."""
    lines = [found.title, found.headline.replace("**", "")]
    for figure in found.figures:
        shown = words.figure_value(figure, found.currency)
        doubt = f"  ({figure.caveat})" if figure.caveat else ""
        base = f"  n = {figure.n:,} {figure.n_label}".rstrip() if figure.n is not None else ""
        lines.append(f"  {figure.name:<20} {shown:>16}{base}{doubt}")
    lines += [f"- {note.text}" for note in found.notes]
    if found.rows.num_rows:
        first = found.rows.slice(0, LISTED_ROWS).to_pylist()
        lines.append(grid(found.rows.column_names, [list(row.values()) for row in first]))
        if found.rows.num_rows > LISTED_ROWS:
            lines.append(f"... {found.rows.num_rows - LISTED_ROWS:,} more rows; --csv prints all.")
    if found.as_of:
        lines.append(f"As of {found.as_of}.")
    return "\n".join(lines)


def questions(listed: Iterable[Mapping[str, Any]]) -> str:
    """Return the list of questions with their options."""
    lines = []
    for each in listed:
        options = "  ".join(f"{name}={'|'.join(choices) or '...'}" for name, choices in each["options"].items())
        lines.append(f"{each['question']:<26} {each['title']}" + (f"  [{options}]" if options else ""))
    return "\n".join(lines)


def versions(listed: Sequence[Mapping[str, Any]]) -> str:
    """Return the list of versions, oldest first."""
    if not listed:
        return "No version yet: nothing has been loaded."
    rows = [
        [
            each["number"],
            each["created_at"],
            "current" if each["current"] else "undone" if each["undone"] else "",
            ", ".join(upload["name"] for upload in each["summary"].get("uploads", ()))
            or matching_summary(each["summary"]),
        ]
        for each in listed
    ]
    return grid(("version", "at", "", "files"), rows)


def settings(lines: Sequence[Line], decided: Decided | None) -> str:
    """Return the settings by group, each with what it does; or, where some were to be changed, how they are."""
    if decided is not None:
        told = [f"{each.title}: {each.value} ({each.name})." for each in lines if each.name in decided.names]
        if decided.report:
            told.append(load_report(decided.report, dry_run=False))
        return "\n".join(told or ["Nothing was changed: it was so already."])
    told = []
    for group in dict.fromkeys(each.group for each in lines):
        inside = [each for each in lines if each.group == group]
        rows = [
            [each.name, each.value, each.default, each.unit, "set" if each.given and each.name != CURRENCY else ""]
            for each in inside
        ]
        told += [group, grid(("name", "value", "default", "unit", ""), rows)]
        told += [f"  {each.name}: {each.words} Counts in {each.counts}." for each in inside if group != TAXONOMY]
        told.append("")
    return "\n".join(told).rstrip()


def grid(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Return rows as aligned text; numbers to the right, long text cut."""
    shown = [[_shown(value) for value in row] for row in rows]
    widths = [max(len(line[at]) for line in [list(heads), *shown]) for at in range(len(heads))]
    right = [all(isinstance(row[at], (int, float)) or row[at] is None for row in rows) for at in range(len(heads))]

    def line(cells: Sequence[str]) -> str:
        pairs = zip(cells, widths, right, strict=True)
        return "  ".join(cell.rjust(width) if flush else cell.ljust(width) for cell, width, flush in pairs).rstrip()

    return "\n".join([line(heads), *(line(row) for row in shown)])


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.4f}".rstrip("0").rstrip(".")
    text = str(value).replace("\n", " ")
    return text if len(text) <= 60 else text[:59] + "…"
