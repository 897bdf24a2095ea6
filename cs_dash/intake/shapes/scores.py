"""Scores that customers gave, in a column of the customers' own rows: one answer each to a survey."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa

from cs_dash.intake.cells import names
from cs_dash.intake.results.matches import ColumnMatch
from cs_dash.intake.rows import row_typing
from cs_dash.intake.rows.typed_rows import TypedRows, constant, of_accounts
from cs_dash.schema.tables import TABLES

_SCORES = {
    "nps": "NPS", "npsscore": "NPS", "netpromoterscore": "NPS", "lastnps": "NPS", "latestnps": "NPS",
    "csat": "CSAT", "csatscore": "CSAT", "satisfactionscore": "CSAT", "satisfaction": "CSAT",
    "customersatisfaction": "CSAT", "customersatisfactionscore": "CSAT", "avgcsat": "CSAT", "averagecsat": "CSAT",
    "ces": "CES", "cesscore": "CES", "customereffortscore": "CES", "effortscore": "CES",
}  # fmt: skip
RANGES = {"NPS": (0.0, 10.0), "CSAT": (0.0, 10.0), "CES": (0.0, 10.0)}


def survey_name(column: str) -> str:
    """Return the survey that a column of scores belongs to: NPS, CSAT or CES, else the column's own name.

    >>> survey_name("Satisfaction Score"), survey_name("nps_score"), survey_name("Mood")
    ('CSAT', 'NPS', 'Mood')
    """
    return next((_SCORES[key] for key in names.keys(column) if key in _SCORES), column)


def is_score(column: str) -> bool:
    """Return whether a column is named after a customer survey."""
    return survey_name(column) in RANGES


def match(column: int) -> ColumnMatch:
    """Return the mapping of a column of scores."""
    return ColumnMatch(column, TABLES["surveys"].field("score"), 0.9, "a score that customers gave", 1.0)


def answers(draft: TypedRows, column: int, day: date) -> TypedRows | None:
    """Return the answers that a column of scores holds, one per customer and day; None where it holds none.

    Args:
        draft: the accounts.
        column: the column of scores.
        day: the day that the sheet describes.
    """
    header = draft.block.names[column]
    name = survey_name(header)
    typed_scores = row_typing.type_rows(TABLES["surveys"], [match(column)], draft.block, draft.sheet, draft.context)
    scores = np.asarray(
        typed_scores.columns["score"].fill_null(float("nan")).to_numpy(zero_copy_only=False), dtype=float
    )
    is_answered = ~np.isnan(scores) & ~draft.faults.rejected
    low, high = RANGES[name]
    if not is_answered.any():
        return None
    if ((scores[is_answered] < low) | (scores[is_answered] > high)).any():
        draft.assumptions.append(
            f"{header} holds values outside {low:g} to {high:g}, so it is no answer to a survey; it was kept as a "
            "column of the account."
        )
        return None
    period = draft.sheet.period
    values = {
        "score": typed_scores.columns["score"],
        "answered_on": constant(day, pa.date32(), len(draft)),
        "survey": constant(name, pa.string(), len(draft)),
        "assumed": constant(True, pa.bool_(), len(draft)),
    }
    suffix = names.key(header)
    survey_rows = of_accounts(draft, "surveys", is_answered, values, f"{suffix}-{period.day}" if period else suffix)
    survey_rows.assumed |= {"answered_on", "assumed"}
    why = f"as {period.source} says" if period else "as the sheet gives no date"
    survey_rows.assumptions.append(
        f"{header} was read as one {name} answer per customer, dated {day.isoformat()} {why}."
    )
    return survey_rows
