"""For how many months an amount is: what its row says in any column, before what its column's name says."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.cells import arrays, intervals, missing, money, names, readers
from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.cells.typing import ColumnReader, Habits
from cs_dash.intake.results.matches import ColumnMatch
from cs_dash.intake.rows.typed_rows import TypedRows

PERIODS: dict[str, float] = {"week": 12 / 52, "month": 1.0, "quarter": 3.0, "half-year": 6.0, "year": 12.0}
"""What an amount may be for, as the option `period` takes it, in months."""
_OF_PERIODS = (
    ("month", "a month"), ("quarter", "a quarter"), ("half-year", "half a year"), ("year", "a year"),
)  # fmt: skip
_OF_TERMS = (("term", "the whole term"), ("billing", "what is billed at once"))
_MOST_WORDS, _LONGEST = 60, 40
_OTHER_SPANS = re.compile(
    r"notice|frist|payment terms?|net terms?|zahlungsziel|trial|grace|response|reply|resolution|sla|age|tenure|"
    r"customer for|warranty|retention|last|since|preavis|delai|plazo de pago|prazo de pagamento|срок оплаты|уведомлени|"
    r"账期|ramp|onboarding"
)
"""Headers of spans that are no term of the price: notice periods, payment terms, tenures."""
_COUNTS = re.compile(
    r"\b(interval|every|frequency|billing|period|cycle|recurrence|duration|term|laufzeit|intervall|intervalo|intervalle|"
    r"periodo|periode|duracion|duree|prazo|интервал|период|срок)|周期|间隔|期数"
)
_OTHER_COUNTS = re.compile(r"remaining|left|total|past|elapsed|trial|grace|days?\b|paid|completed|day of|date|id\b")
_TOTAL = re.compile(
    r"\b(tcv|contract value|total value|contract amount|contract total|vertragswert|auftragswert|gesamtwert|"
    r"valeur (?:totale )?du contrat|valor (?:total )?d[eo]l? contrato|сумма договора)\b|合同总?(?:金额|额|价值)"
)
"""Names of amounts for the whole contract."""
_RATE = re.compile(
    r"\b(price|fee|rate|plan amount|recurring|charge|preis|gebuhr|prix|tarif|precio|cuota|tarifa|preco|"
    r"тариф|цена|стоимость)"
    r"|价格|单价|费用"
)
"""Names of amounts for what is billed at once."""


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
        counted = by_value(_cells(draft, at), lambda text: money.number(text))
        billed = np.where(counted > 0, billed * counted, billed)
        _note(draft, at)
    return Terms(billed, contract)


def _cells(draft: TypedRows, at: int) -> pa.Array:
    return missing.without_missing(arrays.whole(draft.block.rows.column(at)), missing.NO_VALUE)


def _numbers(draft: TypedRows, name: str) -> np.ndarray:
    """Bare numbers in a column of words: how many intervals."""
    if name not in draft.columns:
        return np.full(len(draft), np.nan)
    return by_value(draft.columns[name], lambda text: value if (value := money.number(text)) and value > 0 else None)


def _free(draft: TypedRows) -> list[int]:
    used = {match.column for match in draft.matches}
    return [at for at in range(len(draft.block.names)) if at not in used]


def _unit_column(draft: TypedRows, profiles: Sequence[Profile]) -> int | None:
    """A column full of intervals that fills no field: its contents tell, unless its name speaks of another span."""
    for at in _free(draft):
        held = profiles[at]
        if not 0 < held.distinct <= _MOST_WORDS or held.length > _LONGEST or held.numbers > 0.5 or held.dates > 0.5:
            continue
        if _OTHER_SPANS.search(names.folded(draft.block.names[at])):
            continue
        words = pc.unique(_cells(draft, at)).drop_null().to_pylist()
        if words and sum(intervals.months(word) is not None for word in words) >= 0.8 * len(words):
            return at
    return None


def _counts_in_months(draft: TypedRows, at: int, profiles: Sequence[Profile]) -> np.ndarray:
    units = by_value(_cells(draft, at), intervals.months)
    if "billing" in draft.columns or _is_unit_of_term(draft, at):
        return units
    number = _count_column(draft, profiles)
    if number is None:
        return units
    counts = by_value(_cells(draft, number), lambda text: money.number(text))
    _note(draft, number)
    return np.where(counts > 0, units * counts, units)


def _count_column(draft: TypedRows, profiles: Sequence[Profile]) -> int | None:
    """A column of small whole numbers that says how many intervals a price is for."""
    for at in _free(draft):
        name, held = names.folded(draft.block.names[at]), profiles[at]
        if held.numbers < 1 or not 0 < held.distinct <= _MOST_WORDS or not _COUNTS.search(name):
            continue
        if _OTHER_COUNTS.search(name):
            continue
        counts = [money.number(text) for text in pc.unique(_cells(draft, at)).drop_null().to_pylist()]
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
    draft.columns[field] = _cells(draft, at)


def _note(draft: TypedRows, at: int) -> None:
    draft.assumptions.append(f"{draft.block.names[at]} was used for the months that an amount is for.")
    if at in _free(draft):
        draft.extra_matches.append(ColumnMatch(at, draft.table.field("billing"), 0.85, "it says how often", 0.5))


def months_of_amounts(draft: TypedRows, terms: Terms, profiles: Sequence[Profile]) -> np.ndarray:
    """Return the months that each row's amount is for: 0 for charges that come once, NaN where nothing tells.

    The cell's own words come first ("100 / month"), then a period in the column's name, then the row's term and
    interval, then what the reader answered, then words in the name of the plan or in a description. What stays open
    is asked.
    """
    match = next(match for match in draft.matches if match.field.name == "amount")
    name = draft.block.names[match.column]
    title = names.folded(name)
    own = by_value(_cells(draft, match.column), _in_cell)
    months = np.where(np.isnan(own), intervals.named(name) or np.nan, own)
    from_rows, both = _of_row(draft, terms, title)
    months = np.where(np.isnan(months), from_rows, months)
    months = np.where(terms.billed == intervals.ONCE, intervals.ONCE, months)
    answer = readers.option_for_column(draft.context.options, "period", name) or ""
    if both.any():
        if answer in ("term", "billing"):
            months = np.where(both, terms.billed if answer == "billing" else terms.contract, months)
        else:
            example = np.flatnonzero(both)[0]
            _ask(draft, match, _disagreement(draft, match, terms, int(example)), _OF_TERMS)
    amounts = draft.numbers("amount")
    open_rows = np.isnan(months) & ~np.isnan(amounts if amounts is not None else months)
    if answer in PERIODS:
        months = np.where(open_rows, PERIODS[answer], months)
        open_rows &= False
    once = by_value(draft.columns["plan"], _once) if "plan" in draft.columns else np.full(len(draft), np.nan)
    months = np.where((once == intervals.ONCE) & np.isnan(terms.billed), intervals.ONCE, months)
    if (open_rows := open_rows & np.isnan(months)).any():
        months = _by_texts(draft, months, open_rows, profiles)
        open_rows &= np.isnan(months)
    if open_rows.any():
        _ask(draft, match, _open(draft, match, int(np.flatnonzero(open_rows)[0])), _OF_PERIODS)
    return months


def _in_cell(text: str) -> float | None:
    pair = intervals.in_cell(text)
    return pair[1] if pair else None


def _once(text: str) -> float | None:
    return intervals.ONCE if intervals.is_once(text) else None


def _of_row(draft: TypedRows, terms: Terms, title: str) -> tuple[np.ndarray, np.ndarray]:
    """The months by the row's term and interval, and where the two differ and the column's name does not decide."""
    billed, contract = terms.billed, terms.contract
    if _TOTAL.search(title):
        between = _between(draft)
        whole = np.where(np.isnan(contract), between, contract)
        return np.where(np.isnan(whole), billed, whole), np.zeros(len(billed), dtype=bool)
    if _RATE.search(title):
        return np.where(np.isnan(billed), contract, billed), np.zeros(len(billed), dtype=bool)
    differ = ~np.isnan(billed) & ~np.isnan(contract) & (billed != contract) & (billed != intervals.ONCE)
    return np.where(np.isnan(contract), billed, contract), differ


def _between(draft: TypedRows) -> np.ndarray:
    """Months from a line's first day to its end, whole ones where a few days are missing; NaN without both."""
    starts, ends = draft.days("start_date"), draft.days("end_date")
    if starts is None or ends is None:
        return np.full(len(draft), np.nan)
    days = (ends - starts).astype("timedelta64[D]").astype(float)
    days = np.where(np.isnat(starts) | np.isnat(ends), np.nan, days)
    months = days / (365.25 / 12)
    return np.where(days > 0, np.where(np.abs(months - np.round(months)) < 0.11, np.round(months), months), np.nan)


def _by_texts(draft: TypedRows, months: np.ndarray, open_rows: np.ndarray, profiles: Sequence[Profile]) -> np.ndarray:
    """Fill in what the plan's name, else a description, tells of the period: “Pro annual”."""
    plan = [match.column for match in draft.matches if match.field.name == "plan"]
    texts = [at for at in _free(draft) if profiles[at].distinct and max(profiles[at].numbers, profiles[at].dates) < 0.5]
    for at in (*plan, *texts):
        if _OTHER_SPANS.search(names.folded(draft.block.names[at])):
            continue
        named = by_value(_cells(draft, at).filter(pa.array(open_rows)), intervals.named)
        if np.isnan(named).mean() > 0.5:
            continue
        months = months.copy()
        months[open_rows] = np.where(np.isnan(months[open_rows]), named, months[open_rows])
        draft.assumptions.append(
            f"{draft.block.names[at]} tells the period of {int((~np.isnan(named)).sum()):,} amounts in words."
        )
        open_rows = open_rows & np.isnan(months)
        if not open_rows.any():
            break
    return months


def _ask(draft: TypedRows, match: ColumnMatch, question: str, answers: tuple[tuple[str, str], ...]) -> None:
    reader = draft.readers.get(match.column, ColumnReader(Habits("dmy", "")))
    if not reader.question:
        draft.readers[match.column] = replace(reader, question=question, answers=answers, option="period")


def _example(draft: TypedRows, match: ColumnMatch, row: int) -> str:
    return str(draft.block.rows.column(match.column)[row].as_py() or "").strip()


def _open(draft: TypedRows, match: ColumnMatch, row: int) -> str:
    return f"What is {_example(draft, match, row)} for: a month, a quarter, half a year or a year?"


def _disagreement(draft: TypedRows, match: ColumnMatch, terms: Terms, row: int) -> str:
    return (
        f"Is {_example(draft, match, row)} for the whole term of {terms.contract[row]:g} months, or for the "
        f"{_span(terms.billed[row])} that is billed at once?"
    )


def _span(months: float) -> str:
    words = {1.0: "month", 3.0: "quarter", 6.0: "half year", 12.0: "year"}
    return words.get(float(months), f"{months:.3g} months")
