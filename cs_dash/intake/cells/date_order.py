"""Whether the day or the month comes first in a column of dates, judged by its own cells."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.cells import missing
from cs_dash.intake.cells.dates import Order

_NUMERIC = r"^(?P<first>\p{Nd}{1,2})[-/.]\s?(?P<second>\p{Nd}{1,2})[-/.]\s?(?:\p{Nd}{4}|\p{Nd}{2})(?:\P{Nd}|$)"
_DOTTED = r"^\d{1,2}\.\s?\d{1,2}\."
_HALVES = r"(?i)\d\s?[ap]\.?m\.?$"


@dataclass(frozen=True)
class DateForms:
    """How a column writes the dates in which the order of day and month matters.

    Attributes:
        pairs: (first number, second number) -> rows.
        ambiguous: one that can be read both ways; "" where there is none.
        dotted: all have dots.
        half_days: one has AM or PM.
    """

    pairs: Counter[tuple[int, int]] = field(default_factory=Counter)
    ambiguous: str = ""
    dotted: bool = False
    half_days: bool = False

    @property
    def unambiguous_rows(self) -> dict[Order, int]:
        """How many rows can be read in one order only, by the order."""
        return {
            "dmy": sum(rows for (first, second), rows in self.pairs.items() if first > 12 >= second),
            "mdy": sum(rows for (first, second), rows in self.pairs.items() if second > 12 >= first),
        }

    @property
    def order_by_firsts(self) -> Order | None:
        """A number that is 1 in every date while the other changes is the day: months begin on the first."""
        firsts, seconds = {first for first, _ in self.pairs}, {second for _, second in self.pairs}
        if len(self.pairs) > 2 and firsts == {1}:
            return "dmy"
        return "mdy" if len(self.pairs) > 2 and seconds == {1} else None

    @property
    def usual_order(self) -> Order:
        """The order that is usual where nothing decides."""
        return "mdy" if self.half_days else "dmy"


def date_forms(cells: pa.Array) -> DateForms:
    """Return how the cells of a column write dates."""
    texts = missing.trimmed(cells)
    numeric = texts.filter(pc.fill_null(pc.match_substring_regex(texts, _NUMERIC), False))
    if not len(numeric):
        return DateForms()
    parts = pc.extract_regex(numeric, _NUMERIC).flatten()
    pairs: Counter[tuple[int, int]] = Counter()
    for count in pc.value_counts(pc.binary_join_element_wise(*parts, "/")).to_pylist():
        pairs[date_parts(count["values"])] += count["counts"]
    ambiguous = ""
    if any(_is_ambiguous(*pair) for pair in pairs):
        different = pc.unique(numeric).to_pylist()
        ambiguous = next(text for text in different if _is_ambiguous(*date_parts(text)))
    return DateForms(
        pairs,
        ambiguous,
        bool(pc.all(pc.match_substring_regex(numeric, _DOTTED)).as_py()),
        bool(pc.any(pc.match_substring_regex(numeric, _HALVES)).as_py()),
    )


def date_parts(text: str) -> tuple[int, int]:
    """Return the first two numbers of a date.

    >>> date_parts("3/14/2026")
    (3, 14)
    """
    first, second = re.findall(r"\d+", text)[:2]
    return int(first), int(second)


def _is_ambiguous(first: int, second: int) -> bool:
    return first != second and 1 <= first <= 12 and 1 <= second <= 12


def order_of_cells(cells: pa.Array) -> Order:
    """Return the order of day and month by the evidence of the cells alone, the usual order where nothing decides."""
    forms = date_forms(cells)
    rows = forms.unambiguous_rows
    if rows["dmy"] != rows["mdy"]:
        return "dmy" if rows["dmy"] > rows["mdy"] else "mdy"
    return "dmy" if forms.dotted else forms.order_by_firsts or forms.usual_order
