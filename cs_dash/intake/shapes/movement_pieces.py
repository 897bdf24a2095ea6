"""What movements of the MRR make customers pay, as pieces of payments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from cs_dash.intake.results.sheets import column_list
from cs_dash.intake.rows.typed_rows import TypedRows
from cs_dash.intake.shapes.history import Piece
from cs_dash.schema import names
from cs_dash.schema.languages.movement_words import KINDS, LOSS

_NEAR = 0.005
_BEGINS = ("new", "reactivation")


@dataclass(frozen=True)
class _Movement:
    """One movement: its row, kind, day and amount without a sign, and the MRR after it where the list gives it."""

    row: int
    kind: str
    day: date
    size: float
    after: float | None

    @property
    def change(self) -> float:
        """The amount with the sign of its kind."""
        return -self.size if self.kind in LOSS else self.size


def pieces(draft: TypedRows, source: str, *, is_change: bool) -> list[Piece]:
    """Return the movements as payments: one piece each, and one for what a customer paid before the list begins.

    Where the name of the amounts does not say whether they are changes, the rows do: an expansion leads to a higher
    MRR, a contraction to a lower one, and churn takes away all that was paid. The draft's assumptions then say what was
    read, what the movements add up to, and whose earlier MRR the list does not tell.

    Args:
        draft: the movements, see `movements.rows`.
        source: the list that they come from.
        is_change: the amounts are by how much the MRR changed, as their name says.
    """
    column = {name: values.to_pylist() for name, values in draft.columns.items()}
    none: list[str | None] = [None] * len(draft)
    refs, called, plans = (column.get(name, none) for name in ("account_ref", "account_name", "plan"))
    streams = _streams(draft, column)
    sums = {way: sum(_sensible(held, is_change=way) for held in streams.values()) for way in (True, False)}
    by_size = is_change or sums[True] > sums[False]
    every = sum(map(len, streams.values()))
    meaning = "the change in MRR" if by_size else "the MRR from that date"
    draft.assumptions.append(f"{draft.source('amount')} was read as {meaning}.")
    first_days = [held[0].day for held in streams.values()]
    before = min(first_days).replace(day=1) - timedelta(days=1) if first_days else date.min
    made: list[Piece] = []
    totals: dict[str, float] = dict.fromkeys(KINDS, 0.0)
    untold: list[str] = []
    count_sensible = 0
    for series, held in streams.items():
        row = held[0].row
        opening, is_told = _opening(held) if by_size else (0.0, True)
        count_sensible += _sensible(held, is_change=by_size, opening=opening)
        own = Piece("", series, source, "opening", refs[row], called[row], plans[row], before, amount=opening)
        if opening > _NEAR:
            made.append(replace(own, piece_id=f"opening|{series}"))
        if not is_told:
            untold.append(called[row] or refs[row] or series)
        nth: Counter[date] = Counter()
        for move in held:
            nth[move.day] += 1
            totals[move.kind] += move.size
            is_level = not by_size or move.after is not None
            kind = "leaving" if move.kind == "churn" else "level" if is_level else "movement"
            amount = move.change if not is_level else move.size if move.after is None else move.after
            made.append(
                replace(
                    own, piece_id=f"movement|{series}|{move.day}|{nth[move.day]:03}", kind=kind, plan=plans[move.row],
                    starts=move.day, amount=amount,
                )
            )  # fmt: skip
    if count_sensible < every:
        odd = f"{every - count_sensible:,} of {every:,} movements"
        draft.assumptions.append(f"{odd} are inconsistent with the previous one: the MRR may be wrong.")
    openings = sum(piece.kind == "opening" for piece in made)
    _note(draft, totals if by_size else {}, untold, before, openings)
    return made


def _streams(draft: TypedRows, column: Mapping[str, list[object]]) -> dict[str, list[_Movement]]:
    """The movements of each customer, oldest first; of each subscription where every one of them begins in the list."""
    none: list[object] = [None] * len(draft)
    standing = np.flatnonzero(~draft.faults.rejected).tolist()
    days = [str(column["start_date"][at]) for at in standing]
    if sum(a > b for a, b in pairwise(days)) > len(days) / 2:
        standing.reverse()  # the newest first: of one day, too
    refs, called = column.get("account_ref", none), column.get("account_name", none)
    subscriptions, after = column.get("subscription_id", none), column.get("mrr", none)
    by_customer: dict[str, list[_Movement]] = {}
    by_subscription: dict[str, list[_Movement]] = {}
    for at in sorted(standing, key=lambda at: str(column["start_date"][at])):
        account = str(refs[at] or names.account_key(str(called[at] or "")) or "")
        day, size, left = column["start_date"][at], column["amount"][at], after[at]
        if not account or not isinstance(day, date) or not isinstance(size, float):
            continue
        balance = left if isinstance(left, float) else None
        move = _Movement(at, str(column["movement"][at]), day, abs(size), balance)
        by_customer.setdefault(account, []).append(move)
        line = f"{account}-{subscriptions[at]}" if subscriptions[at] else account
        by_subscription.setdefault(line, []).append(move)
    begins = all(held[0].kind in _BEGINS for held in by_subscription.values())
    return by_subscription if begins else by_customer


def _sensible(held: Sequence[_Movement], *, is_change: bool, opening: float = 0.0) -> int:
    """How many of a customer's movements make sense where the amounts are changes, or what is paid from then on."""
    level, sensible = opening, 0
    for move in held:
        if is_change:
            paid = level + move.change
            fits = paid >= -_NEAR if move.kind == "contraction" else move.kind != "churn" or abs(paid) < _NEAR
        else:
            paid = 0.0 if move.kind == "churn" else move.size
            lost = min(move.size, abs(move.size - level)) < _NEAR
            told = {"expansion": paid > level, "contraction": 0 < paid < level, "churn": lost}
            fits = told.get(move.kind, True)
        sensible += fits
        level = max(paid, 0.0)
    return sensible


def _opening(held: Sequence[_Movement]) -> tuple[float, bool]:
    """What a customer paid before the first of its movements, which are changes, and whether that is told."""
    first = held[0]
    if first.kind in _BEGINS:
        return 0.0, True
    if first.after is not None:
        return max(first.after - first.change, 0.0), True
    running = lowest = 0.0
    for move in held:
        if move.kind in _BEGINS:
            break
        running += move.change
        lowest = min(lowest, running)
        if move.kind == "churn":
            return max(-running, 0.0), True
    return -lowest, False


def _note(draft: TypedRows, totals: Mapping[str, float], untold: Sequence[str], before: date, openings: int) -> None:
    parts = ", ".join(f"{kind} {totals[kind]:,.2f}".removesuffix(".00") for kind in KINDS if totals.get(kind))
    if parts:
        draft.assumptions.append(
            f"The movements became contract lines with the same totals: {parts}. Several movements of a customer in "
            "one month are netted in the revenue bridge."
        )
    if openings:
        draft.assumptions.append(
            f"{_customers(openings)} paid before the list begins, as the first movements show; the start is unknown: "
            f"{before.isoformat()} is used."
        )
    if untold:
        draft.assumptions.append(
            f"The MRR of {_customers(len(untold))} before the first movement is unknown ({column_list(untold)}): only "
            "the changes count. Load an export with all movements."
        )


def _customers(count: int) -> str:
    return "1 customer" if count == 1 else f"{count:,} customers"
