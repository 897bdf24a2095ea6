"""Rows that add up other rows of their sheet, whatever they are called: subtotals and grand totals.

A row counts as a sum where its amounts equal those of the rows above it (or below it) in its group, at least two of
them not zero, and where that is no coincidence. How much an equality says is counted in decimal digits: a sum of 4,215
in a column of single units says three and a half, one of 200 in a column of hundreds next to nothing. Being called
"total", lacking what the other rows have, and standing last say something as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.cells import arrays, identity, missing
from cs_dash.intake.cells.column_periods import column_period
from cs_dash.intake.detection.sum_search import CALLED_TOTAL, Amounts, SumSearch, amounts
from cs_dash.schema import names
from cs_dash.schema.tables import TABLES

_NAMED = 10
"""So many sums are named one by one."""
_MOST_ROWS = 10_000
_ALIKE = 0.9
"""Share of the cells of a column of ids or days that are written alike."""
_EMPTY = pa.array([""])
_VALUE = re.compile(r"^[-+(]?\W{0,3}\d[\d\s.,:/'%)-]*\W{0,3}$")
_TOTAL = frozenset({
    "total", "totals", "grand total", "sum", "subtotal", "sub total", "overall", "summe", "gesamt", "gesamtsumme",
    "zwischensumme", "gesamtergebnis", "ergebnis", "итого", "итог", "всего", "общий итог", "total general",
    "total geral", "totale", "totales", "totais", "suma", "soma", "somme", "sous total", "合计",
    "总计", "小计", "总和",
})  # fmt: skip
"""What rows of totals are called that are no customers, whether their amounts are found above them or not."""
_STEMS = "tota|sum|soma|somme|overall|gesamt|ergebnis|итог|всего|合计|总计|小计|总和"
"""What such names hold; others hold it, too."""
_WORDS = re.compile(
    r"\b(sub ?totals?|(grand )?totals?|totale[ns]?|totaux|sums?|suma|soma|somme|summe|zwischensumme|gesamt\w*|"
    r"(gesamt)?ergebnis|overall|итого?|всего|подытог)\b|合计|总计|小计|总和"
)
_ALL = re.compile(r"\b(all|alle|todos|todas|tous|toutes|все)\b|全部|所有")
_MAY_SAY = r"[^\x00-\x7f]|tota|sum|som[am]|gesamt|ergebnis|all|tod[ao]|tou"
"""What texts hold that hold any of those words, and others: to fold every text would take longer than to read it."""
_EVERYONE = 1.0
"""What a word for all says, in digits."""


@dataclass(frozen=True)
class SumRow:
    """A row that adds up others.

    Attributes:
        place: its place among the rows, from 0.
        label: what it is called.
        value: the first of its sums as the sheet has it.
        is_sum: its amounts are those of other rows; otherwise it only is called a total.
        is_heading: it only names the group of the rows below it.
    """

    place: int
    label: str
    value: str
    is_sum: bool = True
    is_heading: bool = False


def sum_rows(rows: pa.Table, column_names: Sequence[str], row_numbers: np.ndarray) -> list[SumRow]:
    """Return the rows of a table that add up others, in order; in one of more than 10,000 rows those called totals.

    Args:
        rows: the cells, as text.
        column_names: what the columns are called.
        row_numbers: the spreadsheet's numbers of the rows; groups begin after an empty one.
    """
    # Of a longer sheet, as programs make them, only what stands at its end and calls itself a total.
    first = max(0, rows.num_rows - _MOST_ROWS)
    texts = [missing.trimmed(arrays.whole(column.slice(first))).dictionary_encode() for column in rows.columns]
    called = _called_totals(texts)
    if rows.num_rows < 2 or (first and not called):
        return []
    # An id is no amount, though it may be written in digits only.
    are_ids = [identity.says_id(name) or identity.role(name) == "id" for name in column_names]
    numbers = amounts(texts, [_is_money(name) for name in column_names], are_ids)
    sums: set[int] = set()
    if numbers.places and not first:
        others = np.setdiff1d(np.arange(rows.num_rows), called)
        sums, rest = _by_content(texts, numbers, row_numbers, others, others), others
        # What an event has, all rows have that are no sums: without an event among them, more may add up.
        while len(members := np.setdiff1d(others, list(sums))) < len(rest):
            rest = members
            sums = _by_content(texts, numbers, row_numbers, others, rest)
        members = np.setdiff1d(others, list(sums))
        sums |= {place for place in called if _adds_up(numbers.values, members, place)}
    left_out = sums | set(called)
    headings = _headings(texts, numbers.places, left_out) if sums else set()
    found = [
        replace(_sum_row(place, texts, numbers, place in sums), is_heading=place in headings)
        for place in sorted(left_out | headings)
    ]
    return [replace(row, place=row.place + first) for row in found]


def _headings(texts: Sequence[pa.DictionaryArray], numeric: Sequence[int], sums: set[int]) -> set[int]:
    """The rows that hold only a name where a group of a list with sums begins: at its top or after a sum."""
    filled = np.stack([_filled(column) for column in texts], axis=1)
    alone = (filled.sum(axis=1) == 1) & ~filled[:, list(numeric)].any(axis=1)
    headings = {
        place
        for place in np.flatnonzero(alone).tolist()
        if (place == 0 or place - 1 in sums) and place + 1 < len(alone) and not alone[place + 1]
    }
    return headings if 0 in headings or len(headings) > 1 else set()


def _identified(texts: Sequence[pa.DictionaryArray], numeric: Sequence[int], rest: np.ndarray) -> np.ndarray:
    """Which rows have an id or a day of their own, as the others have: those are what happened, and add up nothing.

    A column of ids or days has digits in nearly all of its cells, written alike, and they seldom repeat; `rest` are
    the rows that may be no sums.
    """
    identified = np.zeros(len(texts[0]), dtype=bool)
    for at, column in enumerate(texts):
        if at in numeric:
            continue
        places = _places(column)
        forms = pc.replace_substring_regex(pa.concat_arrays([column.dictionary, _EMPTY]), r"\p{Nd}+", "9")
        encoded = forms.dictionary_encode()
        by_row = encoded.indices.to_numpy()[places]
        counts = np.bincount(by_row[rest])
        usual = next(form for form in by_row[rest].tolist() if counts[form] == counts.max())
        nearly_all = min(_ALIKE * len(rest), max(len(rest) - 1, 3))
        has_digits = "9" in encoded.dictionary[usual].as_py()
        if has_digits and counts[usual] >= nearly_all and len(np.unique(places[rest])) > 0.5 * len(rest):
            identified |= by_row == usual
    return identified


def _places(column: pa.DictionaryArray) -> np.ndarray:
    """The place of each cell's text among the different ones; behind the last for a cell without any."""
    return np.asarray(column.indices.fill_null(len(column.dictionary)).to_numpy(zero_copy_only=False))


def _filled(column: pa.DictionaryArray) -> np.ndarray:
    """Which cells hold anything."""
    filled = missing.filled(column.dictionary).to_numpy(zero_copy_only=False)
    return np.asarray(np.append(filled, False)[_places(column)])


def _complete(texts: Sequence[pa.DictionaryArray], numeric: Sequence[int], rest: np.ndarray) -> np.ndarray:
    """Which rows have all that describes the others, as a plan and a start: a sum has a name, and lacks the rest."""
    described = [_filled(column) for at, column in enumerate(texts) if at not in numeric and len(column.dictionary) > 1]
    usual = [filled for filled in described if filled[rest].mean() >= _ALIKE]
    return np.all(usual, axis=0) if len(usual) > 1 else np.zeros(len(texts[0]), dtype=bool)


@cache
def _money_keys() -> frozenset[str]:
    fields = [field for table in TABLES.values() for field in table.mapped if field.type == "money"]
    return frozenset(names.key(name) for field in fields for name in (field.name, *field.synonyms()))


def _is_money(name: str) -> bool:
    return bool(set(names.keys(name)) & _money_keys()) or column_period(name, 2000) is not None


def _adds_up(values: np.ndarray, members: np.ndarray, place: int) -> bool:
    """Whether a row holds the sums of the rows right above it, or right below it, that are no sums themselves."""
    for order in (members[members < place][::-1], members[members > place]):
        sums = np.cumsum(np.nan_to_num(values[order]), axis=0)
        if len(sums) and (np.isclose(sums, values[place]) & (values[place] != 0)).any():
            return True
    return False


def note(sums: Sequence[SumRow], row_numbers: np.ndarray) -> str:
    """Return which rows were left out and why, each with its name and its value, as sentences."""

    def listed(rows: Sequence[SumRow]) -> str:
        places = [
            f"row {row_numbers[row.place]}"
            + (f" “{row.label[:40]}”" if row.label else "")
            + (f" ({row.value or 'empty'})" if not row.is_heading else "")
            for row in rows[:_NAMED]
        ]
        return ", ".join(places) + (f" and {len(rows) - _NAMED:,} more" if len(rows) > _NAMED else "")

    groups = (
        ([row for row in sums if row.is_heading], "only names the rows below it", "only name the rows below them", ""),
        ([row for row in sums if row.is_sum], "is the sum of other rows", "are sums of other rows", ""),
        ([row for row in sums if not row.is_sum and not row.is_heading], "is called a total", "are called totals",
         ", although no rows add up to it"),
    )  # fmt: skip
    sentences = []
    for rows, one, several, but in groups:
        if rows:
            many = f"{len(rows):,} rows {several}" if len(rows) > 1 else f"1 row {one}"
            sentences.append(f"{many} and {'were' if len(rows) > 1 else 'was'} left out{but}: {listed(rows)}.")
    return " ".join(sentences)


def _called_totals(texts: Sequence[pa.DictionaryArray]) -> list[int]:
    """The rows whose first words are a name for totals, with hardly another word in them."""
    places: set[int] = set()
    for column in texts:
        # To fold every text of a long sheet would take longer than to read it.
        different = column.dictionary
        is_short = pc.less(pc.utf8_length(different), 30)
        likely = pc.and_(is_short, pc.match_substring_regex(different, _STEMS, ignore_case=True))
        called = [
            place
            for place in np.flatnonzero(likely.to_numpy(zero_copy_only=False)).tolist()
            if names.folded(different[place].as_py()) in _TOTAL
        ]
        places |= {*np.flatnonzero(np.isin(_places(column), called)).tolist()} if called else set()
    totals = []
    for place in sorted(places):
        cells = [column[place].as_py() or "" for column in texts]
        words = [cell for cell in cells if cell and not _VALUE.match(cell)]
        if len(words) <= 2 and names.folded(words[0]) in _TOTAL:
            totals.append(place)
    return totals


def _by_content(
    texts: Sequence[pa.DictionaryArray], numbers: Amounts, row_numbers: np.ndarray, places: np.ndarray, rest: np.ndarray
) -> set[int]:
    """Which of some rows have the amounts of other ones; `rest` are those that may be no sums.

    What is an event of its own, as those are, is no sum, unless a word says so.
    """
    events = _identified(texts, numbers.places, rest) | _complete(texts, numbers.places, rest)
    words = _words(texts, numbers.places)[places]
    may_be = ~events[places] | (words > 0)
    if len(places) < 3 or not may_be.any():
        return set()
    filled = np.stack([_filled(column) for column in texts], axis=1)[places]
    numbers, row_numbers = replace(numbers, values=numbers.values[places]), row_numbers[places]
    best: dict[int, float] = {}
    for is_reversed in (False, True):
        order = slice(None, None, -1 if is_reversed else 1)
        gaps = np.flatnonzero(np.abs(np.diff(row_numbers[order])) > 1) + 1
        amounts_held = numbers.reversed() if is_reversed else numbers
        # A total above what it adds up is rarer than one below.
        last = 0.5 if is_reversed else 1.0
        search = SumSearch(amounts_held, filled[order], words[order], may_be[order], gaps.tolist(), last)
        accepted = search.accepted()
        if is_reversed:
            accepted = {len(filled) - 1 - place: score for place, score in accepted.items()}
        if sum(accepted.values()) > sum(best.values()):
            best = accepted
    return {int(places[place]) for place in best}


def _sum_row(place: int, texts: Sequence[pa.DictionaryArray], numbers: Amounts, is_sum: bool) -> SumRow:
    cells = [(column[place].as_py() or "") for column in texts]
    label = next((cell for at, cell in enumerate(cells) if cell and at not in numbers.places), "")
    value = next((cells[at] for at in numbers.places if cells[at]), "")
    return SumRow(place, label, value, is_sum)


def _words(texts: Sequence[pa.DictionaryArray], numeric: Sequence[int]) -> np.ndarray:
    """What the words of each row say for a total, in digits."""
    score = np.zeros(len(texts[0]))
    for at, column in enumerate(texts):
        if at in numeric:
            continue
        said = np.zeros(len(column.dictionary) + 1)
        may_say = pc.match_substring_regex(column.dictionary, _MAY_SAY, ignore_case=True)
        for place in np.flatnonzero(may_say.to_numpy(zero_copy_only=False)).tolist():
            said[place] = _word(column.dictionary[place].as_py())
        score = np.maximum(score, said[_places(column)])
    return score


def _word(text: str) -> float:
    if len(text) > 60:
        return 0.0
    plain = names.folded(text)
    return CALLED_TOTAL if _WORDS.search(plain) else _EVERYONE if _ALL.search(plain) else 0.0
