"""What a question finds: one frozen value that page, command line, spreadsheet and slide only render.

An `Answer` never changes after it is made, so the exported number is the shown one.
Rates are shares from 0 to 1, money is in the reporting currency, dates are calendar dates.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field
from typing import Any, Literal

import pyarrow as pa

from cs_dash.charts import Chart
from cs_dash.units import Unit

Better = Literal["up", "down", "neither"]
NoteKind = Literal["doubt", "assumption", "contradiction", "missing", "fact"]


def number_or_none(value: Any) -> float | None:
    """Return `value` as a float, or None where it is missing or not a finite number."""
    if value is None:
        return None
    number = float(value)
    return number if math.isfinite(number) else None


@dataclass(frozen=True)
class Definition:
    """What a number means, read from the file of the macro that computes it.

    Attributes:
        name: the macro's name, as used in SQL.
        title: the number's name in words.
        words: one or two sentences that a newcomer understands.
        formula: the arithmetic in one line.
        edge_cases: what happens with an empty base, part periods, ties ...
        source: who defines it so: a book, a survey, a standard.
        sql: the macro's whole text.
        parameters: the macro's parameters in their order.
        columns: (column, meaning) pairs of what it returns.
        tables: canonical tables that the number is made from.
    """

    name: str
    title: str
    words: str = ""
    formula: str = ""
    edge_cases: str = ""
    source: str = ""
    sql: str = ""
    parameters: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    tables: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figure:
    """One headline number with all that is needed to trust it.

    Attributes:
        name: the macro's name for it (fixed; other tools rely on it).
        label: the words above it.
        value: the number; None means "no data", never zero.
        unit: how to write it.
        n: the size of its base; `n_label` says of what ("accounts", "tickets").
        low: lower end of its 95 % interval, where it is an estimate.
        high: upper end of it.
        previous: the same number one period earlier.
        previous_label: what `previous` is ("12 months to Sep 2025").
        better: which direction is good news; "neither" where it depends.
        trend: the number at the ends of the last periods, oldest first; None for a gap.
        doubt: one grey line beside it: few accounts, part period, share without an account.
        definition: the name of the `Definition` behind it.
        reference: what others report of the same number, in a few words; where it comes from stands in the notes.
    """

    name: str
    label: str
    value: float | None
    unit: Unit
    n: int | None = None
    n_label: str = ""
    low: float | None = None
    high: float | None = None
    previous: float | None = None
    previous_label: str = ""
    better: Better = "neither"
    trend: tuple[float | None, ...] = ()
    doubt: str = ""
    definition: str = ""
    reference: str = ""


@dataclass(frozen=True)
class Column:
    """How a column of an answer's table is read.

    Attributes:
        name: the column's name in `rows`.
        label: the words in its head.
        unit: how to write its values.
        help: what it means, where the label does not say it all.
        hidden: kept for the command line and the download, not shown on the page.
    """

    name: str
    label: str
    unit: Unit = "text"
    help: str = ""
    hidden: bool = False


@dataclass(frozen=True)
class Note:
    """One line of doubt or context that stands beside a figure.

    Attributes:
        text: one sentence.
        kind: doubt, assumption, contradiction, missing (a table that would answer) or fact.
        touches: names of the figures or columns it is about; empty: the whole answer.
        table: for `missing`, the canonical table that would fill it.
    """

    text: str
    kind: NoteKind = "fact"
    touches: tuple[str, ...] = ()
    table: str = ""


@dataclass(frozen=True)
class Answer:
    """What a question found.

    Attributes:
        question: its name on the command line ("retention.summary").
        title: the question in words.
        says: the answer in one sentence, with the number, its change and its doubt. `**` marks the figures.
        as_of: the day the answer speaks of; None where there is no data at all.
        figures: headline numbers, most important first.
        rows: the table to act on (exactly what is downloaded).
        columns: how its columns are read; empty: as they are.
        charts: at most four.
        notes: doubts and context.
        definition: what the main number means.
        missing: canonical tables without which the question cannot be answered; non-empty means "empty state".
        currency: code of the reporting currency, "" when the data names none.
    """

    question: str
    title: str
    says: str
    as_of: dt.date | None
    figures: tuple[Figure, ...] = ()
    rows: pa.Table = field(default_factory=lambda: pa.table({}))
    columns: tuple[Column, ...] = ()
    charts: tuple[Chart, ...] = ()
    notes: tuple[Note, ...] = ()
    definition: Definition | None = None
    missing: tuple[str, ...] = ()
    currency: str = ""

    def figure(self, name: str) -> Figure:
        """Return the figure called `name`. Raises KeyError when the answer has none."""
        for figure in self.figures:
            if figure.name == name:
                return figure
        raise KeyError(name)

    def chart(self, name: str) -> Chart:
        """Return the chart called `name`. Raises KeyError when the answer has none."""
        for chart in self.charts:
            if chart.name == name:
                return chart
        raise KeyError(name)

    def as_dict(self) -> dict[str, Any]:
        """Return the answer as the command line prints it with `--json` (plain types only; see docs)."""
        definition = self.definition
        return {
            "question": self.question,
            "title": self.title,
            "says": self.says.replace("**", ""),
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "currency": self.currency or None,
            "figures": [
                {"name": f.name, "value": f.value, "unit": f.unit, "n": f.n, "low": f.low, "high": f.high}
                | {"label": f.label, "previous": f.previous, "doubt": f.doubt, "reference": f.reference}
                for f in self.figures
            ],
            "rows": [{key: plain(value) for key, value in row.items()} for row in self.rows.to_pylist()],
            "notes": [{"text": n.text, "kind": n.kind, "touches": list(n.touches)} for n in self.notes],
            "missing": list(self.missing),
            "definition": None
            if definition is None
            else {
                "name": definition.name,
                "title": definition.title,
                "words": definition.words,
                "formula": definition.formula,
                "source": definition.source,
            },
        }


def plain(value: Any) -> Any:
    """Return `value` as JSON can hold it: dates as ISO text, not-a-number as None, the rest as it is."""
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    return str(value)
