"""What a customer's own row says of its revenue: a price with its period as well as an MRR, checked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.detection import columns
from cs_dash.intake.results.matches import ColumnMatch
from cs_dash.intake.rows import amounts, row_typing, terms
from cs_dash.intake.rows.typed_rows import TypedRows
from cs_dash.schema.tables import TABLES

_OF_PRICES = ("amount", "billing", "term_months")


def read_amounts(draft: TypedRows, profiles: Sequence[Profile]) -> None:
    """Fill the MRR of accounts from a price and its period, and leave out amounts that cannot be, with a problem.

    Args:
        draft: accounts, typed.
        profiles: what the sheet's columns hold.
    """
    used = {match.column for match in draft.matches if match.confidence > 0.9}
    lines = TABLES["subscriptions"]
    prices = [
        match
        for match in columns.assign(lines, draft.block.names, profiles, draft.context.mapping)
        if match.field.name in _OF_PRICES and match.column not in used
    ]
    own = next((match for match in draft.matches if match.field.name == "mrr"), None)
    priced = own is None and "arr" not in draft.columns and any(match.field.name == "amount" for match in prices)
    if priced or (own is not None and not amounts.names_a_month(draft)):
        _fill(draft, prices, own, profiles)
    for name in ("mrr", "arr"):
        if name in draft.columns:
            _check(draft, name)


def _fill(
    draft: TypedRows, prices: Sequence[ColumnMatch], own: ColumnMatch | None, profiles: Sequence[Profile]
) -> None:
    table = TABLES["subscriptions"]
    matches = [match for match in prices if own is None or match.field.name != "amount"]
    if own is not None:
        matches.append(ColumnMatch(own.column, table.field("mrr"), own.confidence, own.because, own.weight))
    lines = row_typing.type_rows(table, matches, draft.block, draft.sheet, draft.context)
    own_terms = terms.terms_of(lines, profiles)
    amounts.monthly(lines, own_terms, profiles)
    draft.columns["mrr"] = lines.columns["mrr"]
    draft.assumptions += [text for text in lines.assumptions if text not in draft.assumptions]
    noted = {(problem.row, problem.column, problem.what) for problem in draft.faults.problems}
    draft.faults.problems += [
        problem for problem in lines.faults.problems if (problem.row, problem.column, problem.what) not in noted
    ]
    for match in lines.matches:
        if match.field.name == "amount":
            draft.extra_matches.append(
                ColumnMatch(match.column, draft.table.field("mrr"), match.confidence, match.because, match.weight)
            )
            draft.readers[match.column] = lines.readers[match.column]


def _check(draft: TypedRows, name: str) -> None:
    amount = draft.numbers(name)
    assert amount is not None
    if (below := np.flatnonzero(amount < 0)).size:
        advice = "Correct the sign, or remove credits that do not recur. The value was ignored; the row was loaded."
        draft.reject(below, name, "The recurring amount is negative.", advice, fatal=False)
        draft.columns[name] = pa.array(np.where(amount < 0, np.nan, amount), pa.float64(), from_pandas=True)
    amounts.reject_absurd(draft, name, name)
