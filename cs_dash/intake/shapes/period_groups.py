"""Which columns of a sheet are periods, what they hold, and which year they are of where their names lack it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.cells import arrays, missing, money, periods
from cs_dash.intake.cells.column_periods import (
    ColumnPeriod,
    is_bare,
    is_fiscal,
    period_columns,
    totals_of,
    year_in_text,
)
from cs_dash.intake.cells.dates import month_number
from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.detection import columns
from cs_dash.intake.results.problems import LoadContext
from cs_dash.intake.results.sheets import Block, Sheet
from cs_dash.schema import names
from cs_dash.schema.languages.measure_words import RATE, REVENUE, USAGE, YEARLY
from cs_dash.schema.tables import TABLES

_TOTALS = frozenset({"total", "sum", "ytd", "yeartodate", "grandtotal", "average", "avg", "summe", "gesamt", "итого",
                     "всего", "合计", "总计", "delta", "change", "growth"})  # fmt: skip
_BY = re.compile(r"\b(by|per|je|pro|nach|por|par|по|for)\b|按|各")
"""Words of a corner cell that says what is measured for whom: "MRR by customer"."""
_MONEY = "the cells hold amounts of money"


@dataclass(frozen=True)
class Monthly:
    """What the periods of a sheet hold.

    Attributes:
        table: "subscriptions" or "usage"; "" where that is unknown.
        periods: column -> its period, oldest first; all of one length.
        measure: the names of the columns without the period.
        unit: "month": amounts of a month; "year": of a year; "period": of the column's period, which may be several
            months; "" where that is unknown.
        because: why it is that table, in words.
        ahead: names of the columns that have not come yet.
    """

    table: str
    periods: Mapping[int, ColumnPeriod]
    measure: str
    unit: str
    because: str
    ahead: tuple[str, ...] = ()

    @property
    def months(self) -> dict[int, date]:
        """Column -> the first day of its period."""
        return {at: period.first for at, period in self.periods.items()}

    @property
    def length(self) -> int:
        """The months of a period: 1, 3, 6 or 12."""
        return next(iter(self.periods.values())).months

    @property
    def noun(self) -> str:
        """What a column is: "month", "quarter" ..."""
        return {1: "month", 3: "quarter", 6: "half-year", 12: "year"}[self.length]

    @property
    def factor(self) -> float:
        """What an amount is multiplied by to get the MRR."""
        return {"year": 1 / 12, "period": 1 / self.length}.get(self.unit, 1.0)

    def range_text(self, block: Block) -> str:
        """Return the first and the last of the columns by name."""
        places = list(self.periods)
        return f"{block.names[places[0]]} to {block.names[places[-1]]}"


def cells_of(block: Block, at: int) -> pa.Array:
    """Return the cells of a column, null where nothing is in them."""
    return missing.without_missing(arrays.whole(block.rows.column(at)), missing.NO_VALUE)


def _measure_table(
    texts: Sequence[tuple[str, str]], block: Block, held: Mapping[int, ColumnPeriod]
) -> tuple[str, str, str]:
    """(table, the text that shows it, why) for months whose columns, sheet or file have such names."""
    for text, where in texts:
        plain = names.folded(text)
        if match := REVENUE.search(plain):
            return "subscriptions", plain, f"{where} mentions “{match[0]}”"
        if match := USAGE.search(plain):
            return "usage", plain, f"{where} mentions “{match[0]}”"
    signed = [value for at in held for value in pc.unique(cells_of(block, at)).drop_null().slice(0, 50).to_pylist()]
    if signed and sum(money.currency(value) is not None for value in signed) > 0.5 * len(signed):
        return "subscriptions", "", _MONEY
    return "", "", ""


def year_of(sheet: Sheet, block: Block, context: LoadContext) -> tuple[int | None, str]:
    """Return the year of periods that are written without one, and where it stands, in words; None for none."""
    if chosen := context.options.get("year"):
        return int(chosen), "from your choice"
    if year := year_in_text(block.title):
        return year, "from the title above the table"
    if year := periods.year_named("", sheet.name):
        return year, f"from the sheet’s name, “{sheet.name}”"
    year = periods.year_named(sheet.file, "")
    return year, f"from the file’s name, “{sheet.file}”" if year else ""


def find(sheet: Sheet, block: Block, profiles: Sequence[Profile], context: LoadContext) -> list[Monthly]:
    """Return the groups of columns that are periods, one per measure; none where a sheet has too few of them.

    Periods without a year are left out where it is unknown, see `undated`.
    """
    year, _ = year_of(sheet, block, context)
    groups = []
    fiscal = month_number(context.options.get("fiscal_year", "")) or 1, is_fiscal(block.title)
    for measure, every in period_columns(block.names, year, context.loaded_on, *fiscal).items():
        held = {
            at: period
            for at, period in sorted(every.items(), key=lambda pair: pair[1].first)
            if profiles[at].distinct and profiles[at].numbers >= 0.5
        }
        past = {at: period for at, period in held.items() if period.first <= context.loaded_on}
        if len(past) >= (3 if next(iter(every.values())).months == 1 else 2):
            group = _group(sheet, block, profiles, context, measure, past)
            ahead = tuple(block.names[at] for at in held if at not in past)
            if _is_meant(group):
                groups.append(replace(group, ahead=ahead))
    return groups


def _is_meant(group: Monthly) -> bool:
    """Whether columns hold what was paid or used: "Q1" may be a survey's question, "Revenue 2024" is a company's."""
    return group.length == 1 or bool(group.table and (group.length < 12 or group.unit in ("month", "year")))


def undated(sheet: Sheet, block: Block, profiles: Sequence[Profile], context: LoadContext) -> Monthly | None:
    """Return periods of which nothing tells the year, where they hold revenue or use; None where there are none."""
    if year_of(sheet, block, context)[0] is not None:
        return None
    for measure, every in period_columns(block.names, context.loaded_on.year).items():
        held = {at: period for at, period in every.items() if profiles[at].distinct and profiles[at].numbers >= 0.5}
        if len(held) >= 3 and all(is_bare(block.names[at]) for at in held):
            group = _group(sheet, block, profiles, context, measure, held)
            return group if group.table else None
    return None


def _group(
    sheet: Sheet, block: Block, profiles: Sequence[Profile], context: LoadContext, measure: str,
    held: Mapping[int, ColumnPeriod],
) -> Monthly:  # fmt: skip
    """What the columns of one measure hold, by what their names, the sheet's and the file's say."""
    other_names = [name for at, name in enumerate(block.names) if at not in held]
    texts = [(measure, "the columns’ name"), *((title, "the title") for title in block.title)]
    texts += [(sheet.name, "the sheet’s name"), (sheet.file, "the file’s name")]
    texts += [(name, f"the column {name}") for name in other_names[:1] if _BY.search(names.folded(name))]
    if any(names.key(name) in ("currency", "wahrung", "валюта") for name in other_names):
        texts.append(("revenue", "a column of currencies"))
    fields = {m.field.name for m in columns.assign(TABLES["usage"], other_names, _of(block, profiles, other_names), {})}
    if {"feature", "user_id"} & fields:
        texts.append(("usage", "a column of features or users"))
    table, text, why = _measure_table(texts, block, held)
    if context.as_table in ("subscriptions", "usage"):
        table, why = context.as_table, "your choice"
    length = next(iter(held.values())).months
    unit = _unit([text, measure] if length == 1 else [words for words, _ in texts], length)
    unit = {"mrr": "month", "revenue": "period"}.get(context.options.get("quarters", ""), unit) if length > 1 else unit
    return Monthly(table, held, measure, unit, why)


def _unit(texts: Sequence[str], length: int) -> str:
    """What amounts are of, by the first of the texts that tells; "" where none does and it matters."""
    for text in map(names.folded, texts):
        if YEARLY.search(text):
            return "year"
        if length > 1 and RATE.search(text):
            return "month"
        if length > 1 and REVENUE.search(text):
            return "period"
    return "month" if length == 1 else ""


def _of(block: Block, profiles: Sequence[Profile], column_names: Sequence[str]) -> list[Profile]:
    return [profiles[block.names.index(name)] for name in column_names]


def without(block: Block, groups: Sequence[Monthly], year: int | None) -> Block:
    """Return the block without its columns of periods and what adds them up."""
    held = {at for group in groups for at in group.periods}
    held |= {at for every in period_columns(block.names, year or 2000).values() for at in every}
    held |= totals_of(block.names, [group.periods for group in groups], year)
    other_places = [
        at
        for at, name in enumerate(block.names)
        if at not in held and names.key(name) not in _TOTALS and names.folded(name).split()[:1] != ["total"]
    ]
    return replace(
        block,
        names=tuple(block.names[at] for at in other_places),
        rows=block.rows.select(other_places),
        positions=tuple(block.positions[at] for at in other_places),
    )
