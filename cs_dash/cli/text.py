"""What the command line prints for people."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cs_dash.answer import Answer
from cs_dash.intake.results import report_lines, sheet_options
from cs_dash.intake.results.reports import MissingRows, matching_summary
from cs_dash.look import words
from cs_dash.pipeline import Decided, Labelled, LoadReport, SettingLine
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
    """Return a load's report: a line per sheet, counts per table, assumptions, problems, what was set aside."""
    lines = report_lines.sheet_lines(report, options=True)
    if report.files:
        headings = ("file", "sheet", "table", *COUNTS)
        lines.append(grid(headings, [[getattr(sheet, head) for head in headings] for sheet in report.files]))
    lines += report_lines.assumption_lines(report.files)
    for sheet in report.files:
        problems = report_lines.problem_lines(sheet)
        lines += problems[:LISTED_PROBLEMS]
        if len(problems) > LISTED_PROBLEMS:
            where = report_lines.place(sheet.file, sheet.sheet)
            lines.append(f"{where}: and {len(problems) - LISTED_PROBLEMS} more types of problem; --json lists all.")
    lines += [f"{report_lines.place(entry.file, entry.sheet)} was not loaded: {entry.why}" for entry in report.ignored]
    lines += [_lacking(entry) for entry in report.lacking]
    lines += sheet_options.command_line_legend(lines)
    if dry_run:
        lines.append("Dry run: nothing was changed.")
    elif report.version is None:
        lines.append("No new version: no changes." if report.usable else "No new version: no row could be used.")
    else:
        lines.append(f"Version {report.version} is published.")
    return "\n".join(lines)


def _lacking(lacking: MissingRows) -> str:
    title, examples = TABLES[lacking.table].noun, ", ".join(lacking.examples)
    rows = f"{lacking.rows:,} of {lacking.rows + lacking.again:,} {title} from the previous file ({examples} ...)"
    verb = "is" if lacking.rows == 1 else "are"
    if lacking.gone:
        return f"{rows} {verb} not in this one: removed."
    return f"{rows} {verb} not in this one: not removed; --option missing=gone removes missing rows."


def labelled(labels: Labelled) -> str:
    """Return what became of labels: how many of each kind, and the first rows that could not be used."""
    lines = [f"{labels.labelled:,} ticket{'s' * (labels.labelled != 1)} labelled."]
    lines += [f"  {kind:<20} {n:>8,}" for kind, n in labels.kinds.items()]
    for problem in labels.problems[:LISTED_PROBLEMS]:
        lines.append(
            f"row {problem['row']}, {problem['column']} = {problem['value']!r}: {problem['what']} {problem['advice']}"
        )
    if len(labels.problems) > LISTED_PROBLEMS:
        lines.append(f"and {len(labels.problems) - LISTED_PROBLEMS} more rows could not be used; --json lists all.")
    return "\n".join(lines)


def answer(answered: Answer) -> str:
    """Return an answer: the sentence, the figures with their doubt, the notes, the first rows."""
    lines = [answered.title, answered.headline.replace("**", "")]
    for figure in answered.figures:
        figure_text = words.figure_value(figure, answered.currency)
        doubt = f"  ({figure.caveat})" if figure.caveat else ""
        base = f"  n = {figure.n:,} {figure.n_label}".rstrip() if figure.n is not None else ""
        lines.append(f"  {figure.name:<20} {figure_text:>16}{base}{doubt}")
    lines += [f"- {note.text}" for note in answered.notes]
    if answered.rows.num_rows:
        first = answered.rows.slice(0, LISTED_ROWS).to_pylist()
        lines.append(grid(answered.rows.column_names, [list(row.values()) for row in first]))
        if answered.rows.num_rows > LISTED_ROWS:
            lines.append(f"... {answered.rows.num_rows - LISTED_ROWS:,} more rows; --csv prints all.")
    if answered.as_of:
        lines.append(f"As of {answered.as_of}.")
    return "\n".join(lines)


def questions(listed: Iterable[Mapping[str, Any]]) -> str:
    """Return the list of questions with their options."""
    lines = []
    for question in listed:
        options = "  ".join(f"{name}={'|'.join(choices) or '...'}" for name, choices in question["options"].items())
        lines.append(f"{question['question']:<26} {question['title']}" + (f"  [{options}]" if options else ""))
    return "\n".join(lines)


def _undone_text(version: Mapping[str, Any]) -> str:
    if not version["undone"]:
        return ""
    return f"undone by {version['undone_by']}" if version["undone_by"] else "undone"


def versions(listed: Sequence[Mapping[str, Any]]) -> str:
    """Return the list of versions, oldest first."""
    if not listed:
        return "No versions yet: nothing has been loaded."
    rows = [
        [
            version["number"],
            version["created_at"],
            version["person"],
            "current" if version["current"] else _undone_text(version),
            ", ".join(upload["name"] for upload in version["summary"].get("uploads", ()))
            or matching_summary(version["summary"]),
        ]
        for version in listed
    ]
    return grid(("version", "at", "by", "", "files"), rows)


def settings(lines: Sequence[SettingLine], decided: Decided | None) -> str:
    """Return the settings by group, each with what it does; or, where some were to be changed, how they are."""
    if decided is not None:
        output = [
            f"{setting_line.title}: {setting_line.value} ({setting_line.name})."
            for setting_line in lines
            if setting_line.name in decided.names
        ]
        if decided.report:
            output.append(load_report(decided.report, dry_run=False))
        return "\n".join(output or ["No changes."])
    output = []
    for group in dict.fromkeys(setting_line.group for setting_line in lines):
        inside = [setting_line for setting_line in lines if setting_line.group == group]
        rows = [
            [
                setting_line.name,
                setting_line.value,
                setting_line.default,
                setting_line.unit,
                "set" if setting_line.given and setting_line.name != CURRENCY else "",
            ]
            for setting_line in inside
        ]
        output += [group, grid(("name", "value", "default", "unit", ""), rows)]
        output += [
            f"  {setting_line.name}: {setting_line.words} Used in {setting_line.counts}."
            for setting_line in inside
            if group != TAXONOMY
        ]
        output.append("")
    return "\n".join(output).rstrip()


def grid(headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Return rows as aligned text; numbers to the right, long text cut."""
    texts = [[_cell_text(value) for value in row] for row in rows]
    widths = [max(len(line[at]) for line in [list(headings), *texts]) for at in range(len(headings))]
    right = [all(isinstance(row[at], (int, float)) or row[at] is None for row in rows) for at in range(len(headings))]

    def line(cells: Sequence[str]) -> str:
        pairs = zip(cells, widths, right, strict=True)
        return "  ".join(cell.rjust(width) if flush else cell.ljust(width) for cell, width, flush in pairs).rstrip()

    return "\n".join([line(headings), *(line(row) for row in texts)])


def _cell_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.4f}".rstrip("0").rstrip(".")
    text = str(value).replace("\n", " ")
    return text if len(text) <= 60 else text[:59] + "…"
