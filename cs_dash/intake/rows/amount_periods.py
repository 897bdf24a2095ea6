"""For how many months each amount is: by its cell, its column's name, its row's term, the answer, or other texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from cs_dash.intake.cells import intervals, readers
from cs_dash.intake.cells.habits import ColumnReader, Habits
from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.results.matches import ColumnMatch
from cs_dash.intake.rows.terms import OTHER_SPANS, Terms, by_value, filled_cells, free_columns, once
from cs_dash.intake.rows.typed_rows import TypedRows
from cs_dash.look.words import plural
from cs_dash.schema import names

PERIODS: dict[str, float] = {"week": 12 / 52, "month": 1.0, "quarter": 3.0, "half-year": 6.0, "year": 12.0}
"""What an amount may be for, as the option `period` takes it, in months."""
_OF_PERIODS = (
    ("month", "a month"), ("quarter", "a quarter"), ("half-year", "half a year"), ("year", "a year"),
)  # fmt: skip
_OF_TERMS = (("term", "The whole term"), ("billing", "One invoice"))
_TOTAL = re.compile(
    r"\b(tcv|contract value|total value|contract amount|contract total|vertragswert|auftragswert|gesamtwert|"
    r"valeur (?:totale )?du contrat|valor (?:total )?d[eo]l? contrato|сумма договора)\b|合同总?(?:金额|额|价值)"
)
"""Names of amounts for the whole contract."""
_WHOLE = re.compile(r"\b(tcv|total|gesamt\w*|totale)\b|合同总")
_TERM = re.compile(
    r"^(?!.*(?:bill|pay))(?:.*\bterms?|commitment|.*\bduration|.*\blength|.*laufzeit|duree.*|engagement|plazo.*|duracion.*|"
    r"prazo.*|vigencia.*|duracao.*|срок.*)$|期限"
)
"""Names of terms of contracts, where words give them."""
_RATE = re.compile(
    r"\b(price|fee|rate|plan amount|recurring|charge|preis|gebuhr|prix|tarif|precio|cuota|tarifa|preco|"
    r"тариф|цена|стоимость)"
    r"|价格|单价|费用"
)
"""Names of amounts for what is billed at once."""


def months_of_amounts(draft: TypedRows, terms: Terms, profiles: Sequence[Profile]) -> np.ndarray:
    """Return the months that each row's amount is for: 0 for charges that come once, NaN where nothing tells.

    The cell's own words come first ("100 / month"), then a period in the column's name, then the row's term and
    interval, then what the reader answered, then words in the name of the plan or in a description. What stays open
    is asked.
    """
    match = next(match for match in draft.matches if match.field.name == "amount")
    name = draft.block.names[match.column]
    title = names.folded(name)
    own = by_value(filled_cells(draft, match.column), _in_cell)
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
    by_plan = by_value(draft.columns["plan"], once) if "plan" in draft.columns else np.full(len(draft), np.nan)
    months = np.where((by_plan == intervals.ONCE) & np.isnan(terms.billed), intervals.ONCE, months)
    if (open_rows := open_rows & np.isnan(months)).any():
        months = _by_texts(draft, months, open_rows, profiles)
        open_rows &= np.isnan(months)
    if open_rows.any():
        _ask(draft, match, _open(draft, match, int(np.flatnonzero(open_rows)[0])), _OF_PERIODS)
    return months


def _in_cell(text: str) -> float | None:
    pair = intervals.in_cell(text)
    return pair[1] if pair else None


def _of_row(draft: TypedRows, terms: Terms, title: str) -> tuple[np.ndarray, np.ndarray]:
    """The months by the row's term and interval, and where the two differ and the column's name does not decide."""
    billed, contract = terms.billed, terms.contract
    if _TOTAL.search(title):
        between = _between(draft)
        # A total is for all of the contract's days, or for its term where a column in words gives that: who leaves
        # early leaves before it ends. A contract's value may be that of one interval.
        is_term = "billing" in draft.columns and bool(_TERM.search(names.folded(draft.source("billing"))))
        first, second = (between, billed) if _WHOLE.search(title) and not is_term else (billed, between)
        whole = np.where(np.isnan(contract), first, contract)
        return np.where(np.isnan(whole), second, whole), np.zeros(len(billed), dtype=bool)
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
    texts = [
        at
        for at in free_columns(draft)
        if profiles[at].distinct and max(profiles[at].numbers, profiles[at].dates) < 0.5
    ]
    for at in (*plan, *texts):
        if OTHER_SPANS.search(names.folded(draft.block.names[at])):
            continue
        named = by_value(filled_cells(draft, at).filter(pa.array(open_rows)), intervals.named)
        if np.isnan(named).mean() > 0.5:
            continue
        months = months.copy()
        months[open_rows] = np.where(np.isnan(months[open_rows]), named, months[open_rows])
        draft.assumptions.append(
            f"{draft.block.names[at]} states the period of {plural(int((~np.isnan(named)).sum()), 'amount')}."
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
        f"{_span(terms.billed[row])} that each invoice covers?"
    )


def _span(months: float) -> str:
    words = {1.0: "month", 3.0: "quarter", 6.0: "half year", 12.0: "year"}
    return words.get(float(months), f"{months:.3g} months")
