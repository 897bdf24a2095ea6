"""Periods as columns: months, quarters, half-years and years, with the year in the name or somewhere above it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pyarrow as pa

from cs_dash.intake.cells import dates, periods
from cs_dash.intake.cells.date_order import order_of_cells

_NUMBERS = {
    "1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4, "一": 1, "二": 2, "三": 3, "四": 4, "上": 1,
    "下": 2,
}  # fmt: skip
_QUARTER = r"(?:q|t|qtr|quarter|quartal|trimestre|trim|кв|квартал)"
_HALF = r"(?:h|hj|half|halbjahr|semestre|semester|полугодие)"
_ORDINAL = r"(?:st|nd|rd|th|er|eme|ème|e|o|º|°|ª|-?й|-?ый|-?ой|-?ое)?"
_PARTS: tuple[tuple[int, re.Pattern[str]], ...] = (
    *(
        (months, re.compile(pattern, re.IGNORECASE))
        for months, words, numbers in ((3, _QUARTER, r"[1-4]|iv|i{1,3}"), (6, _HALF, r"[12]|i{1,2}"))
        for pattern in (
            rf"(?<![^\W\d_]){words}\.?[\s_\-]*({numbers})(?!\w)",
            rf"(?<!\w)({numbers}){_ORDINAL}\.?[\s_\-]*{words}\.?(?![^\W\d_])",
            rf"(?<![^\W\d_]){words}({numbers})(?=20\d\d(?!\d)|[_\-\s'’./]|$)",
        )
    ),
    (3, re.compile(r"第?([1-4一二三四])季度?")),
    (6, re.compile(r"([上下])半年")),
)
_FULL_YEAR = re.compile(r"(?<!\d)(20\d\d)(?:\s*[/–—-]\s*(?:20)?\d\d)?(?!\d)\s*(?:年|г\.?(?!\w))?")
_SHORT_YEAR = re.compile(r"(?<![\w.,])(?:FY\s?)?['’]?(\d\d)(?![\w.,])|(?<=[a-z])['’]?(\d\d)(?!\w)", re.IGNORECASE)
_YEAR_LABEL = re.compile(
    r"^(?:(?:FY|CY|year|jahr|geschaftsjahr|ano|annee|exercice|ejercicio|exercicio|год)\s*)?['’]?"
    r"(20\d\d)(?:\s*[/–—-]\s*(?:20)?\d\d)?(?:\.0+)?\s*(?:年|г\.?|год|year|actuals?|ist|budget|plan)?$",
    re.IGNORECASE,
)
_RATE_YEAR = re.compile(
    r"^(arr|mrr|acv)[\s_\-(]*(?:FY|CY)?\s?(20\d\d)(?:\s*[/–—-]\s*(?:20)?\d\d)?\)?$|"
    r"^(?:FY|CY)?\s?(20\d\d)(?:\s*[/–—-]\s*(?:20)?\d\d)?[\s_\-]*(arr|mrr|acv)$",
    re.IGNORECASE,
)
"""Years are periods beside the words for recurring revenue only: "Revenue 2024" may be that of the customer."""
_WHOLE_DAY = re.compile(r"(?<!\d)(?:20\d\d[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:20)?\d\d)(?!\d)")
_SHORT_FISCAL = re.compile(r"(?<![^\W\d_])(FY|CY)\s?['’]?(\d\d)(?![\d/–—-])", re.IGNORECASE)
_YEAR_WORD = re.compile(r"(?<![^\W\d_])(?:FY|CY)\s?(?=20\d\d)", re.IGNORECASE)
_TWO_YEARS = re.compile(r"20\d\d\s*[/–—-]\s*(?:20)?\d\d(?!\d)")
_FISCAL = re.compile(r"(?<![^\W\d_])FY|fiscal|geschäftsjahr|geschaftsjahr", re.IGNORECASE)


@dataclass(frozen=True)
class ColumnPeriod:
    """The period that a column is about: its first day and its months (1, 3, 6 or 12)."""

    first: date
    months: int

    @property
    def covered(self) -> set[date]:
        """The first days of its months."""
        at = self.first.year * 12 + self.first.month - 1
        return {date((at + n) // 12, (at + n) % 12 + 1, 1) for n in range(self.months)}


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def year_of_label(text: str) -> int | None:
    """Return the year that a cell names and nothing else: "2026", "FY 2026", "2026 г."; the first of "2025/26".

    >>> year_of_label("2026"), year_of_label("Year 2025"), year_of_label("Total 2025")
    (2026, 2025, None)
    """
    match = _YEAR_LABEL.match(_without_accents(_plain(text)))
    return int(match[1]) if match else None


def _without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def year_in_text(texts: Iterable[str]) -> int | None:
    """Return the one year that titles name, one outside of whole days before that of a day; None for none or several.

    >>> year_in_text(["MRR per customer 2025"]), year_in_text(["MRR 2025, on 2026-01-05"]), year_in_text(["2024 2025"])
    (2025, 2025, None)
    """
    plain = [_plain(text) for text in texts]
    for candidates in ([_WHOLE_DAY.sub(" ", text) for text in plain], plain):
        years = {int(match[1]) for text in candidates for match in _FULL_YEAR.finditer(text.replace("_", " "))}
        if years:
            return years.pop() if len(years) == 1 else None
    return None


def _part(name: str, year: int | None) -> tuple[ColumnPeriod, str] | None:
    """The quarter or half-year in a column's name, and the rest of the name."""
    for months, pattern in _PARTS:
        if not (match := pattern.search(name)):
            continue
        number = _NUMBERS[match[1].casefold()]
        rest = f"{name[: match.start()]} {name[match.end() :]}"
        if year_match := _FULL_YEAR.search(rest):
            own = int(year_match[1])
        elif year_match := _SHORT_YEAR.search(rest):
            own = 2000 + int(year_match[1] or year_match[2])
        elif year is None:
            return None
        else:
            own = year
        if year_match:
            rest = f"{rest[: year_match.start()]} {rest[year_match.end() :]}"
        if not periods.FIRST <= own <= periods.LAST:
            return None
        first = date(own, (number - 1) * months + 1, 1)
        return ColumnPeriod(first, months), re.sub(r"[\s_\-.,/()'’]+", " ", rest).strip()
    return None


@lru_cache(maxsize=50_000)
def column_period(name: str, year: int | None = None) -> tuple[ColumnPeriod, str] | None:
    """Return the period in a column's name and the rest of the name; None where it names none.

    Args:
        name: the column's name.
        year: the year of periods that are written without one.

    >>> column_period("MRR Q3 2025")[0].first, column_period("2. Halbjahr 2025")[0], column_period("Plan")
    (datetime.date(2025, 7, 1), ColumnPeriod(first=datetime.date(2025, 7, 1), months=6), None)
    """
    text = _SHORT_FISCAL.sub(r"\1 20\2", _plain(name))
    if len(text) > 40:
        return None
    dated = _YEAR_WORD.sub("", text)
    if part := _part(dated, year):
        return part
    if month := periods.month_column(dated, year):
        return ColumnPeriod(month[0], 1), month[1]
    if rate := _RATE_YEAR.match(text):
        return ColumnPeriod(date(int(rate[2] or rate[3]), 1, 1), 12), rate[1] or rate[4]
    label = year_of_label(text)
    return (ColumnPeriod(date(label, 1, 1), 12), "") if label else None


def is_bare(name: str) -> bool:
    """Return whether a column's name is a month, a quarter or a half-year without its year."""
    return column_period(name) is None and column_period(name, 2000) is not None


def _rolled(held: Mapping[int, ColumnPeriod], bare: set[int], latest: date | None) -> dict[int, ColumnPeriod]:
    """Periods without a year of their own that run over the turn of the year: those after it are of the next one.

    Where that would leave some of them ahead of `latest`, the first ones are of the year before.
    """
    shift, last, rolled = 0, date.min, {}
    for at, period in sorted(held.items()):
        if at in bare and period.first < last:
            shift += 1
        last = period.first
        rolled[at] = _moved(period, shift) if at in bare else period
    if shift and latest and max(period.first for period in rolled.values()) > latest:
        return {at: _moved(period, -shift) if at in bare else period for at, period in rolled.items()}
    return rolled


def _moved(period: ColumnPeriod, years: int) -> ColumnPeriod:
    return ColumnPeriod(period.first.replace(year=period.first.year + years), period.months)


def period_columns(
    columns: Sequence[str],
    year: int | None = None,
    latest: date | None = None,
    fiscal_start: int = 1,
    in_fiscal_years: bool = False,
) -> dict[str, dict[int, ColumnPeriod]]:
    """Return the columns that are periods, by the rest of their names: measure -> column -> period.

    A measure needs three different months, or two longer periods; of two columns for one period the first counts, and
    a longer period that the shorter ones of its measure make up is no period of its own but their total.

    Args:
        columns: the columns' names.
        year: the year of periods that are written without one.
        latest: the day after which none can lie, where it helps to find the year.
        fiscal_start: the month in which fiscal years begin, 1 to 12; they are named after the year in which they end.
        in_fiscal_years: whether periods that are written without a year are those of a fiscal one.
    """
    order = order_of_cells(pa.array([name for name in columns if dates.is_numeric(name)], pa.string()))
    measures: dict[str, dict[int, ColumnPeriod]] = {}
    for at, name in enumerate(columns):
        day = periods.bare_month(name, order)
        named = (ColumnPeriod(day, 1), "") if day else column_period(name, year)
        if named:
            fiscal = is_fiscal((name,)) or (in_fiscal_years and is_bare(name))
            own = _moved(named[0], 1) if fiscal_start > 1 and _TWO_YEARS.search(name) else named[0]
            period = _of_fiscal_year(own, fiscal_start) if fiscal else named[0]
            measures.setdefault(named[1].casefold(), {})[at] = period
    bare = {at for at, name in enumerate(columns) if is_bare(name)} if year else set()
    return {
        measure: kept for measure, held in measures.items() if (kept := _of_one_length(_rolled(held, bare, latest)))
    }


def _of_fiscal_year(period: ColumnPeriod, start: int) -> ColumnPeriod:
    """A period that was read as one of the calendar year, in the fiscal year that begins in a month and ends in that.

    A month keeps its name: August of the year to June 2025 is August 2024. Quarters count from the year's beginning.
    """
    if start == 1:
        return period
    if period.months == 1:
        return _moved(period, -1) if period.first.month >= start else period
    months = period.first.year * 12 + period.first.month - 1 - (13 - start)
    return ColumnPeriod(date(months // 12, months % 12 + 1, 1), period.months)


def _of_one_length(held: Mapping[int, ColumnPeriod]) -> dict[int, ColumnPeriod]:
    """The periods of the shortest length of which there are enough, each once."""
    for months in (1, 3, 6, 12):
        first: dict[date, int] = {}
        for at, period in held.items():
            if period.months == months:
                first.setdefault(period.first, at)
        if len(first) >= (3 if months == 1 else 2):
            return {at: held[at] for at in sorted(first.values())}
    return {}


def totals_of(columns: Sequence[str], groups: Iterable[Mapping[int, ColumnPeriod]], year: int | None) -> set[int]:
    """Return the columns of longer periods that add up shorter ones, such as "Q1 2026" beside its months."""
    totals = set()
    for held in groups:
        months = {month for period in held.values() for month in period.covered}
        length = min(period.months for period in held.values())
        for at, name in enumerate(columns):
            named = column_period(name, year)
            if at not in held and named and named[0].months > length and named[0].covered & months:
                totals.add(at)
    return totals


def is_fiscal(texts: Iterable[str]) -> bool:
    """Return whether one of the texts speaks of a fiscal year, which need not begin in January."""
    return any(_FISCAL.search(_plain(text)) for text in texts)
