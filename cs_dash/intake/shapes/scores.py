"""Scores that customers gave, in a column of the customers' own rows: one answer each to a survey."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pyarrow as pa

from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.cells.survey_words import RANGES, SurveyKind, survey_kind
from cs_dash.intake.results.matches import ColumnMatch
from cs_dash.intake.rows import row_typing
from cs_dash.intake.rows.typed_rows import TypedRows, constant, of_accounts
from cs_dash.intake.shapes import survey_kinds
from cs_dash.schema import names
from cs_dash.schema.tables import TABLES


def match(column: int) -> ColumnMatch:
    """Return the mapping of a column of scores."""
    return ColumnMatch(column, TABLES["surveys"].field("score"), 0.9, "a score given by customers", 1.0)


def answers(draft: TypedRows, column: int, day: date, profiles: Sequence[Profile]) -> TypedRows | None:
    """Return the answers that a column of scores holds, one per customer and day; None where it holds none.

    Args:
        draft: the accounts; scores that are no answers become its problems.
        column: the column of scores, named after a survey.
        day: the day that the sheet describes, where no column dates the answers.
        profiles: what the sheet's columns hold.
    """
    header = draft.block.names[column]
    name = survey_kind(header)
    assert name is not None
    typed_scores = row_typing.type_rows(TABLES["surveys"], [match(column)], draft.block, draft.sheet, draft.context)
    scores = np.asarray(
        typed_scores.columns["score"].fill_null(float("nan")).to_numpy(zero_copy_only=False), dtype=float
    )
    is_answered = ~np.isnan(scores) & ~draft.faults.rejected
    if not is_answered.any():
        return None
    if name == "NPS" and survey_kinds.averaged(scores[is_answered]):
        draft.assumptions.append(
            f"{header} contains averages, not survey responses: it is stored as a column of the account."
        )
        return None
    low, high = RANGES[name]
    is_outside = is_answered & ((scores < low) | (scores > high))
    if is_outside.sum() >= survey_kinds.FEW_OUTSIDE * is_answered.sum():
        draft.assumptions.append(
            f"{header} holds values outside {low:g} to {high:g} ({int(is_outside.sum()):,} of"
            f" {int(is_answered.sum()):,}), so it is not a survey response; it is stored as a column of the account."
        )
        return None
    if is_outside.any():
        rows = np.flatnonzero(is_outside)
        cells = draft.block.rows.column(column).take(pa.array(rows)).to_pylist()
        draft.faults.add(rows, header, cells, *survey_kinds.outside_words(name), fatal=False)
        is_answered &= ~is_outside
    period = draft.sheet.period
    dated = _dates(draft, name, profiles)
    days = pa.nulls(len(draft), pa.date32()) if dated is None else dated[1]
    values = {
        "score": typed_scores.columns["score"],
        "answered_on": days.fill_null(day),
        "survey": constant(name, pa.string(), len(draft)),
        "assumed": days.is_null(),
    }
    suffix = names.key(header)
    survey_rows = of_accounts(draft, "surveys", is_answered, values, f"{suffix}-{period.day}" if period else suffix)
    survey_rows.assumed |= {"answered_on", "assumed"} if dated is None else set()
    why = f"as {period.source} says" if period else "as no column gives the date of the answer"
    when = f"{day.isoformat()} {why}" if dated is None else f"by {dated[0]}, and {day.isoformat()} where it is empty"
    survey_rows.assumptions.append(f"{header} was read as one {name} answer per customer, dated {when}.")
    return survey_rows


def _dates(draft: TypedRows, survey: SurveyKind, profiles: Sequence[Profile]) -> tuple[str, pa.Array] | None:
    """The column of the days of a survey's answers, with them: named after the survey, or as days of answers are."""
    used = {match.column for match in draft.matches}
    field = TABLES["surveys"].field("answered_on")
    own_names = {names.key(word) for word in field.synonyms()} - {"date", "createdat"}
    for at, column in enumerate(draft.block.names):
        named = survey_kind(column) == survey or names.key(column) in own_names
        if at not in used and named and profiles[at].dates > 0.8:
            day_match = ColumnMatch(at, field, 0.8, "dates, named after the survey", 1.0)
            typed = row_typing.type_rows(TABLES["surveys"], [day_match], draft.block, draft.sheet, draft.context)
            return column, typed.columns["answered_on"]
    return None
