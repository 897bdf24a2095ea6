"""The self-assessment of how product and customer success work together: one set of answers per person and quarter."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cs_dash.decisions import log
from cs_dash.decisions.choices.alignment_statements import STAGES, STATEMENTS
from cs_dash.decisions.choices.owners import team_of
from cs_dash.decisions.log import Entry, Kind
from cs_dash.errors import BadInput, nearest
from cs_dash.store.acting import Right
from cs_dash.store.workspace import Workspace

ANSWERS = Kind(
    "alignment answers", "How one person sees the collaboration of the teams in a quarter", Right.DECIDE, in_sql=True
)
KINDS = (ANSWERS,)
QUARTER = re.compile(r"\d{4}Q[1-4]")
LONGEST_NAME = 60


@dataclass(frozen=True)
class AnswerSheet:
    """What one person answered for one quarter.

    Attributes:
        quarter: such as 2026Q3.
        team: one of `owners.TEAMS`.
        respondent: who answered.
        stages: key of a statement -> the stage that fits, one of `STAGES`.
    """

    quarter: str
    team: str
    respondent: str
    stages: Mapping[str, str]


def sheets(workspace: Workspace) -> tuple[AnswerSheet, ...]:
    """Return every sheet, in the order in which they were answered."""
    rows = log.in_force(workspace, ANSWERS.name)
    named = ((json.loads(row.subject), row.value) for row in rows if row.value)
    return tuple(AnswerSheet(quarter, team, name, stages) for (quarter, team, name), stages in named)


def answer(workspace: Workspace, answered: Iterable[AnswerSheet], *, person: str = "") -> int:
    """Record sheets, all or none, and return how many differ from before. Raises BadInput for one that is no sheet.

    A person's later sheet of the same quarter and team replaces the earlier one.
    """
    entries = []
    for sheet in map(checked, answered):
        subject = json.dumps([sheet.quarter, sheet.team, sheet.respondent], ensure_ascii=False)
        entries.append(Entry(ANSWERS.name, subject, dict(sheet.stages)))
    return len(log.change(workspace, entries, person=person))


def remove(workspace: Workspace, quarter: str, team: str, respondent: str, *, person: str = "") -> None:
    """Take a person's sheet of a quarter back."""
    subject = json.dumps([quarter, team, respondent], ensure_ascii=False)
    log.change(workspace, [Entry(ANSWERS.name, subject, None)], person=person)


def checked(sheet: AnswerSheet) -> AnswerSheet:
    """Return a sheet as it is recorded. Raises BadInput for an unknown word, a missing name and no answers."""
    respondent = " ".join(sheet.respondent.split())[:LONGEST_NAME]
    if not respondent:
        raise BadInput("Who answers?", "Could not save the answers because they have no name.", "Give your name.")
    if not QUARTER.fullmatch(sheet.quarter):
        raise BadInput("Not a quarter", f"Could not use {sheet.quarter} as a quarter.", "Write it as 2026Q3.")
    for key, stage in sheet.stages.items():
        if key not in STATEMENTS:
            raise BadInput("Not a statement", f"Could not answer {key}.", nearest(key, STATEMENTS))
        if stage not in STAGES:
            raise BadInput("Not a stage", f"Could not answer {key} with {stage}.", nearest(stage, STAGES))
    if not sheet.stages:
        raise BadInput("No answers", "Could not save because nothing was answered.", "Choose what fits best.")
    ordered = {key: sheet.stages[key] for key in STATEMENTS if key in sheet.stages}
    return AnswerSheet(sheet.quarter, team_of(sheet.team, "answers"), respondent, ordered)
