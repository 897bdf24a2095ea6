"""Contract lines are completed: their ends, who pays, their revenue a month in the reporting currency."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pyarrow as pa

from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.results.problems import Rates
from cs_dash.intake.rows import amounts, ends, standings, terms
from cs_dash.intake.rows.typed_rows import TypedRows, constant


def complete(draft: TypedRows, profiles: Sequence[Profile], reporting: str | None, rates: Rates, day: date) -> None:
    """Derive the ends, the standing and the MRR of contract lines; reject those that end before they start.

    Args:
        draft: contract lines, typed.
        profiles: what the sheet's columns hold.
        reporting: the reporting currency; None where no file names one.
        rates: the exchange rates into it.
        day: the day that data without dates describe.
    """
    stated = "end_date" in draft.columns
    ends.store_day_after(draft)
    ends.fill_unknown(draft, "end_date", day)
    line_terms = terms.terms_of(draft, profiles)
    standings.apply(draft, profiles, line_terms.shortest)
    if not stated:  # its contents made a column one of ends: their pairs tell as well whether they are last paid days
        ends.store_day_after(draft)
    if not {"end_date", "status", "standing", "notice_on"} & set(draft.columns):
        draft.columns["ends_unstated"] = constant(True, pa.bool_(), len(draft))
    rates_used = amounts.convert(draft, reporting, rates, "start_date", fatal=True)
    if rates_used is not None:
        draft.columns["fx_rate"] = pa.array(rates_used, pa.float64(), from_pandas=True)
        draft.assumed.add("fx_rate")
    amounts.monthly(draft, line_terms, profiles)
    starts, ended = draft.days("start_date"), draft.days("end_date")
    if starts is not None and ended is not None:
        draft.reject(
            np.flatnonzero(ended < starts), "end_date", "It is before the start date.", "Correct one of the dates."
        )
