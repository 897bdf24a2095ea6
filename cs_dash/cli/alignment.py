"""`alignment`: the self-assessment of how product and customer success work together, from a file."""

from __future__ import annotations

import argparse
import csv
from pathlib import Path
from typing import Any

from cs_dash.decisions import alignment_answers
from cs_dash.decisions.alignment_answers import AnswerSheet
from cs_dash.decisions.choices.alignment_statements import STAGES, STATEMENTS
from cs_dash.errors import BadInput, UnknownOption, nearest
from cs_dash.look import words
from cs_dash.pipeline import Workspace

COLUMNS = ("quarter", "team", "name", "statement", "stage")
Outcome = tuple[dict[str, Any], str]


def decide(chosen: argparse.Namespace) -> Outcome:
    """Do what the command says, and return it for JSON and in words. Raises BadInput and UnknownOption."""
    workspace = Workspace(chosen.workspace)
    if chosen.action == "statements":
        return _statements()
    if chosen.action == "list":
        return _list(workspace)
    if chosen.file is None:
        raise UnknownOption(
            "No file", "Could not record answers because no file was named.", "alignment answer FILE.csv"
        )
    sheets = read(chosen.file)
    changed = alignment_answers.answer(workspace, sheets)
    text = f"{words.plural(len(sheets), 'answer sheet')} read, {words.count(changed)} new or changed."
    return {"sheets": len(sheets), "changed": changed}, text


def read(file: Path) -> list[AnswerSheet]:
    """Return the sheets in a CSV file with a row for each answer. Raises BadInput where it is none."""
    try:
        with file.open(newline="", encoding="utf-8-sig") as opened:
            rows = [
                {(name or "").strip().casefold(): (value or "").strip() for name, value in row.items() if name}
                for row in csv.DictReader(opened)
            ]
    except (OSError, UnicodeDecodeError, csv.Error):
        raise BadInput(
            "Cannot read the answers", f"Could not use {file} because it is not a CSV file.", "Save it as CSV, UTF-8."
        ) from None
    columns = set(rows[0]) if rows else set()
    for name in COLUMNS:
        if name not in columns:
            raise BadInput(
                "No answers", f"Could not use {file} because it has no column {name}.",
                nearest(name, columns) if columns else f"Give it the columns {', '.join(COLUMNS)}.",
            )  # fmt: skip
    sheets: dict[tuple[str, str, str], dict[str, str]] = {}
    for row in rows:
        sheets.setdefault((row["quarter"], row["team"], row["name"]), {})[row["statement"]] = row["stage"]
    return [AnswerSheet(quarter, team, name, stages) for (quarter, team, name), stages in sheets.items()]


def _list(workspace: Workspace) -> Outcome:
    sheets = alignment_answers.sheets(workspace)
    lines = [f"{sheet.quarter}  {sheet.team}  {sheet.respondent}" for sheet in sheets]
    facts = [
        {"quarter": sheet.quarter, "team": sheet.team, "name": sheet.respondent, "stages": dict(sheet.stages)}
        for sheet in sheets
    ]
    return {"sheets": facts}, "\n".join(lines) or "No answers yet."


def _statements() -> Outcome:
    listed = [
        {"statement": statement.key, "title": statement.title} | dict(zip(STAGES, statement.traits, strict=True))
        for statement in STATEMENTS.values()
    ]
    lines = []
    for statement in STATEMENTS.values():
        lines.append(f"{statement.key}: {statement.title}")
        lines += [f"  {stage}: {trait}" for stage, trait in zip(STAGES, statement.traits, strict=True)]
    return {"statements": listed}, "\n".join(lines)
