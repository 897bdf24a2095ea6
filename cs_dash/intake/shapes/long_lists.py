"""Lists with a row per customer, plan and month: turned into a row per customer and plan with a column per month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa

from cs_dash.intake.cells import arrays, missing
from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.detection import columns
from cs_dash.intake.results.problems import LoadContext
from cs_dash.intake.results.sheets import Block
from cs_dash.intake.shapes import reporting_days
from cs_dash.look.words import plural
from cs_dash.schema.languages import measure_words
from cs_dash.schema.tables import TABLES

_STREAM = ("account_ref", "account_name", "subscription_id", "plan", "currency")
"""Fields that identify a stream of payments."""
_FEWEST, _MOST = 3, 240
_UNIQUE = 0.98


def as_columns(block: Block, profiles: Sequence[Profile], context: LoadContext) -> Block | None:
    """Return the same list with a column per month; None where it is not a list of monthly amounts.

    It is one where a column holds the month of a row, one column holds the amount, and the others name a
    customer; each month of a stream of payments (customer, plan, contract) stands in one row. A month that has no row
    stays empty. A row of the result has the number of the first row that it is made of.
    """
    at = reporting_days.as_of(block, profiles)
    amount = _amount(block, profiles)
    if at is None or amount is None or "snapshot" in context.options:
        return None
    other_places = [place for place in range(len(block.names)) if place not in (at, amount)]
    other_names = [block.names[place] for place in other_places]
    matches = columns.assign(
        TABLES["subscriptions"], other_names, [profiles[place] for place in other_places], context.mapping
    )
    fields = {match.field.name: other_names[match.column] for match in matches if match.field.name in _STREAM}
    if not {"account_ref", "account_name"} & fields.keys():
        return None
    months = [day.replace(day=1) if day else None for day in reporting_days.days_of(block, at, context)]
    distinct_months = sorted({month for month in months if month})
    frame = pd.DataFrame(
        {
            name: missing.trimmed(arrays.whole(block.rows.column(block.names.index(name)))).to_pylist()
            for name in other_names
        }
        | {"": months, "\0": arrays.whole(block.rows.column(amount)).to_pylist(), "\0row": block.row_numbers}
    )
    stream = list(fields.values())
    if not _FEWEST <= len(distinct_months) <= _MOST or None in months:
        return None
    if len(frame.drop_duplicates([*stream, ""])) < _UNIQUE * len(frame):
        return None
    groups = frame.groupby(stream, sort=False, dropna=False)
    number = groups.ngroup().to_numpy()
    cells = np.full((groups.ngroups, len(distinct_months)), None, dtype=object)
    place = {month: column for column, month in enumerate(distinct_months)}
    cells[number, [place[month] for month in months if month]] = frame["\0"].to_numpy()
    newest = frame.iloc[frame.assign(at=number).groupby("at")[""].idxmax()]
    first = frame.assign(at=number).groupby("at")["\0row"].min()
    month_names = [f"{block.names[amount]} {month:%Y-%m}" for month in distinct_months]
    held = {name: pa.array(newest[name].tolist(), pa.string()) for name in other_names}
    held |= {head: pa.array(list(column), pa.string()) for head, column in zip(month_names, cells.T, strict=True)}
    note = (
        f"Each row is one month (column {block.names[at]}): {len(frame):,} rows for "
        f"{plural(groups.ngroups, 'subscription')} over {len(distinct_months)} months. Months without a row are unpaid."
    )
    return replace(
        block, names=tuple(held), rows=pa.table(held), row_numbers=first.to_numpy(),
        positions=tuple(range(len(held))), notes=(*block.notes, note),
    )  # fmt: skip


def _amount(block: Block, profiles: Sequence[Profile]) -> int | None:
    """The one column of amounts; MRR where there are several."""
    places = [
        at for at, name in enumerate(block.names) if measure_words.is_revenue(name) and profiles[at].numbers >= 0.5
    ]
    if len(places) > 1:
        places = [at for at in places if "mrr" in block.names[at].casefold()]
    return places[0] if len(places) == 1 else None
