"""Which rows equal the sum of others, and whether that is more than a coincidence; see `totals`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pyarrow as pa

from cs_dash.intake.cells import money

_MOST_CELLS, _MOST_COLUMNS = 500_000, 400
"""Where a sheet holds more, the first columns of amounts say enough about which rows are sums."""
_LARGEST = 1e13
_MOST_UNMARKED = 2_000
_EARLIER = 30
_RUN = 500
"""So many rows above a marked one are searched for the beginning of its group."""
_ENOUGH, _ENOUGH_UNMARKED = 2.2, 2.5
_COVERED = 0.6
_PATTERN, _LACKS = 0.8, 0.9
"""What lacking the same as other sums, and each lack, say, in digits."""
CALLED_TOTAL = 3.0
"""What a word for a total says, in digits."""


@dataclass(frozen=True)
class Amounts:
    """The amounts of a sheet: rows x columns, NaN where a cell holds no number."""

    values: np.ndarray
    places: tuple[int, ...]
    units: np.ndarray
    steps: np.ndarray
    is_money: np.ndarray

    def reversed(self) -> Amounts:
        """Return the same with the last row first."""
        return replace(self, values=self.values[::-1])


def amounts(texts: Sequence[pa.DictionaryArray], is_money: Sequence[bool], is_id: Sequence[bool]) -> Amounts:
    """The columns of numbers that can be added: no ids or running numbers, nor columns with few numbers in them."""
    columns: list[np.ndarray] = []
    places, units, steps = [], [], []
    cells = 0
    for at, column in enumerate(texts):
        different = [text for text in column.dictionary.slice(0, 60).to_pylist() if text and not is_id[at]]
        sign = money.decimal(different)
        read = [money.number(text, sign) for text in different]
        if not different or sum(number is not None for number in read) < 0.8 * len(different):
            continue
        cells += len(column)
        if cells > _MOST_CELLS or len(columns) == _MOST_COLUMNS:
            break
        numbers = [money.number(text, sign) if text else None for text in column.dictionary.to_pylist()]
        values = np.array([*numbers, None], dtype=float)[column.indices.fill_null(len(numbers)).to_numpy()]
        held = values[~np.isnan(values)]
        if (np.abs(held) > _LARGEST).any():
            continue
        if len(held) > 2 and (np.abs(np.diff(held)) == 1).all() and not is_money[at]:
            continue
        decimals = min(4, max((_decimals(number) for number in np.unique(held).tolist()), default=0))
        whole = np.unique(np.abs(np.round(held * 10**decimals)).astype(np.int64))
        columns.append(values)
        places.append(at)
        units.append(10.0**-decimals)
        steps.append(float(np.gcd.reduce(whole[whole > 0])) / 10**decimals if (whole > 0).any() else 1.0)
    matrix = np.stack(columns, axis=1) if columns else np.zeros((0, 0))
    return Amounts(
        matrix, tuple(places), np.array(units), np.array(steps), np.array([is_money[at] for at in places], dtype=bool)
    )


def _decimals(number: float) -> int:
    text = f"{number:.4f}".rstrip("0")
    return len(text) - text.index(".") - 1


class SumSearch:
    """Finds the sums in rows, each of which comes after those it adds up."""

    def __init__(
        self,
        numbers: Amounts,
        filled: np.ndarray,
        words: np.ndarray,
        may_be: np.ndarray,
        gaps: Sequence[int],
        last: float = 1.0,
    ) -> None:
        """Take the rows in the order in which sums come last.

        Args:
            numbers: their amounts.
            filled: which cells hold anything.
            words: what the words of each row say for a total, in digits.
            may_be: which rows are looked at.
            gaps: the places of rows before which a group ends.
            last: what standing last says, in digits.
        """
        self.numbers, self.words, self.gaps, self.last = numbers, words, gaps, last
        self.count = len(words)
        # What most rows have: a row that lacks it looks different.
        usual = filled.mean(axis=0) >= 0.5
        self.blank = ~filled[:, usual]
        self.pattern = [tuple(np.flatnonzero(row)) for row in self.blank]
        # A lack says little where other rows lack the same.
        others = self.blank.sum(axis=0)[None, :] - self.blank
        says = np.where(others > 0, 0.5, 1.0) * np.minimum(_LACKS, -np.log10((others + 0.3) / self.count))
        self.lacking = (self.blank * says).sum(axis=1)
        self.marked = self.blank.any(axis=1) | (words > 0)
        self.may_be = may_be & (~np.isnan(numbers.values)).any(axis=1)

    def accepted(self) -> dict[int, float]:
        """Return place -> how much speaks for it."""
        chosen: dict[int, float] = {}
        # What is a sum of one row, or of zeros, shows by the others; without it more add up.
        while len(more := self._marked(chosen)) > len(chosen):
            chosen = more
        if chosen:
            return chosen
        return self._unmarked() if self.count <= _MOST_UNMARKED else {}

    def _marked(self, before: dict[int, float]) -> dict[int, float]:
        """The sums among rows that look different, given those that were found before."""
        candidates = self._sums(self.marked, before)
        chosen = before | {
            at: score
            for at, digits in candidates.items()
            if (score := digits + self.lacking[at] + self.words[at] + self.last * (at == self.count - 1)) >= _ENOUGH
        }
        for pattern in {self.pattern[at] for at in candidates if self.pattern[at]}:
            alike = [at for at in range(self.count) if self.pattern[at] == pattern and self.may_be[at]]
            sums = [at for at in alike if at in candidates]
            score = sum(candidates[at] + _PATTERN for at in sums)
            if len(sums) >= max(2, _COVERED * len(alike)) and score >= _ENOUGH:
                chosen |= {at: max(chosen.get(at, 0.0), candidates[at] + _PATTERN) for at in sums}
        return chosen | self._companions(chosen)

    def _unmarked(self) -> dict[int, float]:
        """The sums of a sheet whose rows all look alike: the last row alone, or groups that make up the sheet."""
        if (np.nan_to_num(self.numbers.values) < 0).any():
            return {}  # ups and downs come back to any amount
        last = np.zeros(self.count, dtype=bool)
        last[-1] = True
        total = self._sums(last, {})
        grouped = self._sums(self.may_be, {})
        covered = self._covered(grouped)
        choices = [{at: digits + self.last for at, digits in total.items()}]
        if covered >= _COVERED and len(grouped) > 1:
            choices.append({at: digits + self.last * (at == self.count - 1) for at, digits in grouped.items()})
        best = max(choices, key=lambda choice: sum(choice.values()))
        return best if sum(best.values()) >= _ENOUGH_UNMARKED else {}

    def _covered(self, sums: dict[int, float]) -> float:
        """The share of the other rows that come before a sum."""
        others = [at for at in range(self.count) if at not in sums]
        return sum(at < max(sums, default=-1) for at in others) / max(len(others), 1)

    def _companions(self, chosen: dict[int, float]) -> dict[int, float]:
        """Rows that lack the same as sums do, and are those of a group of one row or of nothing but zeros."""
        patterns = {self.pattern[at] for at in chosen if self.pattern[at]}
        values = np.nan_to_num(self.numbers.values)
        companions = {}
        for at in range(1, self.count):
            alike = at not in chosen and self.may_be[at] and self.pattern[at] in patterns
            if alike and (not values[at].any() or self._equals_row_before[at]):
                companions[at] = _PATTERN
        return companions

    @cached_property
    def _equals_row_before(self) -> np.ndarray:
        """Which rows repeat the numbers of the one before: all that they hold, as the sum of one row does."""
        values = self.numbers.values
        held = ~np.isnan(values)
        equal = np.isclose(values, np.nan_to_num(np.roll(values, 1, axis=0)))
        return np.asarray((equal | ~held).all(axis=1) & held.any(axis=1))

    def _sums(self, may_be: np.ndarray, before: dict[int, float]) -> dict[int, float]:
        """Return place -> digits of the rows that equal the rows before them in their group.

        A group begins where the sheet does, after an empty row or after another sum; that of a row called a total may
        begin anywhere.

        Args:
            may_be: which rows are looked at.
            before: rows that are known to be sums.
        """
        values = np.nan_to_num(self.numbers.values)
        adds = np.concatenate((np.zeros((1, values.shape[1])), np.cumsum(values, axis=0)))
        some = np.concatenate((np.zeros((1, values.shape[1])), np.cumsum(values != 0, axis=0)))
        rows_before = np.arange(self.count + 1, dtype=float)
        starts, gaps = [0], list(self.gaps)
        digits: dict[int, float] = {}
        spans: set[tuple[int, int]] = set()
        for at in np.flatnonzero(may_be & self.may_be).tolist():
            while gaps and gaps[0] <= at:
                starts.append(gaps.pop(0))
            begins = sorted({*starts[-_EARLIER:], *starts[:_EARLIER]}, reverse=True)
            if self.words[at] >= CALLED_TOTAL:
                begins += list(range(at - 2, max(at - _RUN, -1), -1))
            group = next(
                (
                    (score, begin)
                    for begin in ([] if at in before else self._fitting(begins, at, adds, some, rows_before))
                    if (score := self._digits(begin, at, adds, some, rows_before)) is not None
                ),
                None,
            )
            if group is None and at not in before:
                # A row as many others lack and like the one before it may be the sum of that: a group ends with it.
                if self.marked[at] and at and self._equals_row_before[at]:
                    starts.append(at + 1)
                continue
            score, begin = group or (before[at], at)
            span = (int(rows_before[begin]), int(rows_before[at]))
            if span in spans and not self.marked[at] and at not in before:
                continue
            spans.add(span)
            digits[at] = score
            starts.append(at + 1)
            # A sum is no part of later ones.
            adds[at + 1 :] -= values[at]
            some[at + 1 :] -= values[at] != 0
            rows_before[at + 1 :] -= 1
        return digits

    def _fitting(
        self, begins: Sequence[int], at: int, adds: np.ndarray, some: np.ndarray, rows_before: np.ndarray
    ) -> Iterator[int]:
        """Yield where groups may begin whose amounts equal the row's in some column."""
        places = np.array(begins)
        own = self.numbers.values[at]
        sums = adds[at] - adds[places]
        many = rows_before[at] - rows_before[places]
        near = np.abs(sums - own) <= self._tolerance(many)[:, None] * self.numbers.units + 1e-9 * np.abs(sums)
        enough = (some[at] - some[places] >= 2) & (many >= 2)[:, None]
        yield from places[(near & enough).any(axis=1)].tolist()

    @staticmethod
    def _tolerance(many: np.ndarray) -> np.ndarray:
        """Half a unit for each rounded number, in units."""
        return np.asarray(0.5 * (many + 1))

    def _digits(self, begin: int, at: int, adds: np.ndarray, some: np.ndarray, rows_before: np.ndarray) -> float | None:
        """How much the equality says; None where it is none."""
        own, sums = self.numbers.values[at], adds[at] - adds[begin]
        many = rows_before[at] - rows_before[begin]
        several = some[at] - some[begin] >= 2
        differs = np.abs(sums - own)
        units, is_money = self.numbers.units, self.numbers.is_money
        held = ~np.isnan(own)
        equal = held & (differs <= 1e-9 * np.abs(sums) + units / 100)
        rounded = differs <= self._tolerance(np.array([many])) * units + 1e-9 * np.abs(sums)
        # Rounded sums of few units would equal anything.
        near = held & several & rounded & (np.abs(own) >= 50 * units * (many + 1)) & self.marked[at]
        matched = (equal | near) & several & (own != 0)
        wrong = held & ~equal & ~near
        if (held & is_money).any():
            matched &= (matched & is_money).any()
            wrong &= is_money | ~self.marked[at]
        if not matched.any() or wrong.any():
            return None
        members = np.nan_to_num(self.numbers.values[begin:at])
        digits: dict[tuple[float, ...], float] = {}
        for column in np.flatnonzero(matched).tolist():
            # Columns in which all rows have the same shares, as MRR and ARR, say it once.
            shares = tuple(np.round(members[:, column] / own[column], 6).tolist())
            step = self.numbers.steps[column] if equal[column] else units[column] * (many + 2)
            own_digits = min(4.0, float(np.log10(max(abs(own[column]) / step, 1.0)))) * (1 if equal[column] else 0.5)
            digits[shares] = max(digits.get(shares, 0.0), own_digits)
        return sum(digits.values())
