"""What the rows of a sheet say of their terms, in the columns for them or in any other: interval, count, unit, once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.cells import arrays, intervals, missing, money
from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.results.matches import ColumnMatch
from cs_dash.intake.rows.typed_rows import TypedRows
from cs_dash.schema import names

_MOST_WORDS, _LONGEST = 60, 40
_TERMS = frozenset({1.0, 2.0, 3.0, 6.0, 12.0, 18.0, 24.0, 36.0, 48.0, 60.0})
"""Usual terms, in months."""
OTHER_SPANS = re.compile(
    r"notice|frist|payment terms?|net terms?|zahlungsziel|trial|grace|response|reply|resolution|"
    r"\b(?:sla|age|last|ramp)\b|tenure|customer for|warranty|retention|since|preavis|delai|plazo de pago|"
    r"prazo de pagamento|срок оплаты|уведомлени|账期|onboarding"
)
"""Headers of spans that are no term of the price: notice periods, payment terms, tenures."""
_COUNTS = re.compile(
    r"\b(interval|every|frequency|billing|period|cycle|recurrence|duration|term|laufzeit|intervall|intervalo|intervalle|"
    r"periodo|periode|duracion|duree|prazo|интервал|период|срок)|周期|间隔|期数"
)
_OTHER_COUNTS = re.compile(r"remaining|left|total|past|elapsed|trial|grace|days?\b|paid|completed|day of|date|id\b")


@dataclass(frozen=True)
class Terms:
    """What the rows of a sheet say of their terms, in months; NaN where they say nothing.

    Attributes:
        billed: of what is billed at once; 0 for charges that come once.
        contract: of the contract.
    """

    billed: np.ndarray
    contract: np.ndarray

    @property
    def shortest(self) -> np.ndarray:
        """The term where one is known, else what is billed at once."""
        return np.where(np.isnan(self.contract), self.billed, self.contract)


def by_value(cells: pa.Array, read: Callable[[str], float | None]) -> np.ndarray:
    """Return a number for every cell, each different text read once; NaN where it gives none."""
    encoded = pc.dictionary_encode(cells)
    numbers = pa.array([read(text) for text in encoded.dictionary.to_pylist()], pa.float64())
    return np.asarray(numbers.take(encoded.indices).fill_null(float("nan")).to_numpy(zero_copy_only=False), dtype=float)


def terms_of(draft: TypedRows, profiles: Sequence[Profile]) -> Terms:
    """Return the terms that the rows of a draft give, in the columns for them or in any other by its contents.

    A column that is used because of its contents becomes one of the draft's own.
    """
    unknown = np.full(len(draft), np.nan)
    contract, units = draft.numbers("term_months"), _unit_column(draft, profiles)
    if contract is None and (at := _months_column(draft, profiles)) is not None:
        contract = by_value(filled_cells(draft, at), money.number)
        match = ColumnMatch(at, draft.table.field("term_months"), 0.85, "it holds terms such as 12 and 24", 0.5)
        draft.matches = tuple(sorted((*draft.matches, match), key=lambda other: other.column))
        draft.columns["term_months"] = pa.array(contract, pa.float64(), from_pandas=True)
    contract = unknown if contract is None else np.where(contract > 0, contract, np.nan)
    billed = by_value(draft.columns["billing"], intervals.months) if "billing" in draft.columns else unknown
    if units is not None and np.isnan(billed).any():
        counts = _counts_in_months(draft, units, profiles)
        own = _numbers(draft, "billing")
        if not np.isnan(own).all():
            billed = np.where(np.isnan(billed), own * counts, billed)
        elif _is_unit_of_term(draft, units):
            contract = contract * counts
        else:
            billed = counts
            _use(draft, units, "billing")
        _note(draft, units)
    elif np.isnan(billed).any() and not np.isnan(own := _numbers(draft, "billing")).all():
        header = intervals.unit(draft.source("billing")) or 1.0
        billed = np.where(np.isnan(billed), own * header, billed)
    elif (at := _count_column(draft, profiles)) is not None:
        counted = by_value(filled_cells(draft, at), lambda text: money.number(text))
        billed = np.where(counted > 0, billed * counted, billed)
        _note(draft, at)
    for at in _kind_columns(draft, profiles):
        billed = np.where(by_value(filled_cells(draft, at), once) == intervals.ONCE, intervals.ONCE, billed)
        _note(draft, at)
    return Terms(billed, contract)


def _kind_columns(draft: TypedRows, profiles: Sequence[Profile]) -> list[int]:
    """Columns that say of each row whether it recurs or comes once, by their words."""
    places = []
    for at in free_columns(draft):
        if not 1 < profiles[at].distinct <= 12 or profiles[at].length > _LONGEST:
            continue
        words = pc.unique(filled_cells(draft, at)).drop_null().to_pylist()
        once = [word for word in words if intervals.is_once(word)]
        recurring = [word for word in words if intervals.recurs(word) and word not in once]
        if once and recurring and len(once) + len(recurring) >= 0.8 * len(words):
            places.append(at)
    return places


def filled_cells(draft: TypedRows, at: int) -> pa.Array:
    """Return the cells of a column, null where they hold nothing."""
    return missing.without_missing(arrays.whole(draft.block.rows.column(at)), missing.NO_VALUE)


def _numbers(draft: TypedRows, name: str) -> np.ndarray:
    """Bare numbers in a column of words: how many intervals."""
    if name not in draft.columns:
        return np.full(len(draft), np.nan)
    return by_value(draft.columns[name], lambda text: value if (value := money.number(text)) and value > 0 else None)


def free_columns(draft: TypedRows) -> list[int]:
    """Return the columns that fill no field."""
    used = {match.column for match in draft.matches}
    return [at for at in range(len(draft.block.names)) if at not in used]


def _unit_column(draft: TypedRows, profiles: Sequence[Profile]) -> int | None:
    """A column full of intervals that fills no field: its contents tell, unless its name speaks of another span."""
    for at in free_columns(draft):
        held = profiles[at]
        if not 0 < held.distinct <= _MOST_WORDS or held.length > _LONGEST or held.numbers > 0.5 or held.dates > 0.5:
            continue
        if OTHER_SPANS.search(names.folded(draft.block.names[at])):
            continue
        words = pc.unique(filled_cells(draft, at)).drop_null().to_pylist()
        if words and sum(intervals.months(word) is not None for word in words) >= 0.8 * len(words):
            return at
    return None


def _months_column(draft: TypedRows, profiles: Sequence[Profile]) -> int | None:
    """A column called “Months” that holds usual terms only: for how long somebody is a customer is any number."""
    for at in free_columns(draft):
        name, held = draft.block.names[at], profiles[at]
        if len(names.folded(name).split()) > 1 or intervals.unit(name) != 1 or not 0 < held.distinct <= len(_TERMS):
            continue
        if {money.number(text) for text in pc.unique(filled_cells(draft, at)).drop_null().to_pylist()} <= _TERMS:
            return at
    return None


def _counts_in_months(draft: TypedRows, at: int, profiles: Sequence[Profile]) -> np.ndarray:
    units = by_value(filled_cells(draft, at), intervals.months)
    if "billing" in draft.columns or _is_unit_of_term(draft, at):
        return units
    number = _count_column(draft, profiles)
    if number is None:
        return units
    counts = by_value(filled_cells(draft, number), lambda text: money.number(text))
    _note(draft, number)
    return np.where(counts > 0, units * counts, units)


def _count_column(draft: TypedRows, profiles: Sequence[Profile]) -> int | None:
    """A column of small whole numbers that says how many intervals a price is for."""
    for at in free_columns(draft):
        name, held = names.folded(draft.block.names[at]), profiles[at]
        if held.numbers < 1 or not 0 < held.distinct <= _MOST_WORDS or not _COUNTS.search(name):
            continue
        if _OTHER_COUNTS.search(name):
            continue
        counts = [money.number(text) for text in pc.unique(filled_cells(draft, at)).drop_null().to_pylist()]
        if counts and all(count is not None and count == round(count) and 1 <= count <= 60 for count in counts):
            return at
    return None


def _is_unit_of_term(draft: TypedRows, at: int) -> bool:
    """Whether a column of units belongs to the column of terms: “Term”, “Term unit”."""
    if "term_months" not in draft.columns:
        return False
    return names.folded(draft.block.names[at]).startswith(names.folded(draft.source("term_months")))


def _use(draft: TypedRows, at: int, field: str) -> None:
    """Let a column fill a field because of its contents."""
    match = ColumnMatch(at, draft.table.field(field), 0.85, "it holds intervals such as monthly", 0.5)
    draft.matches = tuple(sorted((*draft.matches, match), key=lambda other: other.column))
    draft.columns[field] = filled_cells(draft, at)


def _note(draft: TypedRows, at: int) -> None:
    draft.assumptions.append(f"{draft.block.names[at]} was used as the number of months each amount covers.")
    if at in free_columns(draft):
        draft.extra_matches.append(ColumnMatch(at, draft.table.field("billing"), 0.85, "it holds intervals", 0.5))


def once(text: str) -> float | None:
    """Return `intervals.ONCE` for a word that means a charge that comes once; None for others."""
    return intervals.ONCE if intervals.is_once(text) else None
