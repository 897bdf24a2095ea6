"""Who left, who is paused and who never paid, as a list of customers says it in a column of states or of days."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.results.matches import ColumnMatch
from cs_dash.intake.rows import status_columns
from cs_dash.intake.rows.typed_rows import TypedRows
from cs_dash.look.words import plural


def read_standing(draft: TypedRows, profiles: Sequence[Profile]) -> None:
    """Take who left, who is on trial or never paid, and who is paused from a column of states, whatever it is called.

    The words themselves are stored with the account as well.
    """
    own = next((match for match in draft.matches if match.field.name == "churned"), None)
    used = frozenset(match.column for match in draft.matches if match is not own)
    states = status_columns.status_column(draft.block, profiles, own.column if own else None, used)
    if states is None:
        return
    name, words = draft.block.names[states.column], states.words
    if own is not None and own.column == states.column and not (words.get("gone") and len(words) > 1):
        return
    gone = pc.fill_null(pc.equal(states.standings, "gone"), False)
    if own is None or own.column == states.column:
        draft.columns["churned"] = pc.equal(states.standings, "gone")
        draft.faults.drop(name, "Neither yes nor no.")
    else:
        draft.columns["churned"] = pc.or_(pc.fill_null(draft.columns["churned"], False), gone)
    never_paid = pc.is_in(states.standings, value_set=pa.array(["trial", "never"]))
    if "is_trial" not in draft.columns and pc.any(never_paid).as_py():
        draft.columns["is_trial"] = never_paid
    draft.columns["standing"] = states.standings
    if own is None:
        draft.extra_matches.append(
            ColumnMatch(states.column, draft.table.field("churned"), 0.85, "its values state who is a customer", 1.0)
        )
    if left := _count(states.standings, "gone"):
        listed = ", ".join(f"“{word}”" for word in words["gone"])
        draft.assumptions.append(f"{name} was read as the churn status: {listed} in {left:,} of {len(draft):,} rows.")
        if "churn_date" not in draft.columns:
            _read_leaving_days(draft, profiles, gone)
    if paused_rows := _count(states.standings, "paused"):
        listed = ", ".join(f"“{word}”" for word in words["paused"])
        customers = plural(paused_rows, "customer is", "customers are")
        draft.assumptions.append(f"{name} says that {customers} paused ({listed}).")
    if states.unknown:
        listed = ", ".join(f"“{word}”" for word in states.unknown[:6])
        draft.assumptions.append(f"{name}: unknown status {listed}; these customers count as paying.")


def left_on_unreadable_days(draft: TypedRows) -> None:
    """Mark the customers whose churn date cannot be read as having left, unless the sheet says that they did not."""
    unreadable = draft.unreadable.get("churn_date")
    if unreadable is None:
        return
    left = pc.if_else(pa.array(unreadable), True, pa.scalar(None, pa.bool_()))
    draft.columns["churned"] = pc.coalesce(draft.columns.get("churned", left), left)


def paused(draft: TypedRows) -> np.ndarray:
    """Return which customers do not pay for now, though they have not left."""
    if "standing" not in draft.columns:
        return np.zeros(len(draft), dtype=bool)
    states = pc.fill_null(pc.equal(draft.columns["standing"], "paused"), False)
    return np.asarray(states.to_numpy(zero_copy_only=False), dtype=bool)


def _read_leaving_days(draft: TypedRows, profiles: Sequence[Profile], gone: pa.Array) -> None:
    """Take the day on which customers left from a column of days that is filled for them only."""
    away = np.asarray(gone.to_numpy(zero_copy_only=False), dtype=bool)
    used = {match.column for match in draft.matches}
    if column := status_columns.leaving_days(draft, profiles, away, used):
        at, days = column
        draft.columns["churn_date"] = pa.array(days, pa.date32())
        why = "filled for churned customers only"
        draft.extra_matches.append(ColumnMatch(at, draft.table.field("churn_date"), 0.85, why, 1.0))


def _count(states: pa.Array, word: str) -> int:
    return int(pc.sum(pc.fill_null(pc.equal(states, word), False)).as_py() or 0)
