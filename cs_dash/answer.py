"""The answer to a question: one frozen value that page, command line, spreadsheet and slide only render.

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
    """The definition of a metric, read from the file of the macro that computes it.

    Attributes:
        name: the macro's name, as used in SQL.
        title: the metric's name in words.
        explanation: one or two sentences for a newcomer.
        formula: the arithmetic in one line.
        edge_cases: what happens with an empty base, part periods, ties ...
        source: where the definition comes from: a book, a survey, a standard.
        sql: the macro's full text.
        parameters: the macro's parameters, in order.
        columns: (column, meaning) pairs of the macro's columns.
        tables: canonical tables that the metric is computed from.
    """

    name: str
    title: str
    explanation: str = ""
    formula: str = ""
    edge_cases: str = ""
    source: str = ""
    sql: str = ""
    parameters: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    tables: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figure:
    """One headline number with everything needed to trust it.

    Attributes:
        name: the macro's name for it (fixed; other tools rely on it).
        label: the heading above it.
        value: the number; None means "no data", never zero.
        unit: how it is formatted.
        n: the size of its base; `n_label` names what is counted ("accounts", "tickets").
        low: lower end of its 95 % confidence interval, where it is an estimate.
        high: upper end of that interval.
        previous: the same number one period earlier.
        previous_label: what `previous` is ("12 months to Sep 2025").
        better: which direction is good news; "neither" where it depends.
        trend: the number at the ends of the last periods, oldest first; None for a gap.
        caveat: one grey line below it: few accounts, a period in progress, tickets without an account.
        definition: the name of its `Definition`.
        benchmark: the industry benchmark in a few words; its source is in the notes.
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
    caveat: str = ""
    definition: str = ""
    benchmark: str = ""


@dataclass(frozen=True)
class Column:
    """How a column of an answer's table is presented.

    Attributes:
        name: the column's name in `rows`.
        label: its heading.
        unit: how its values are formatted.
        help: what it means, where the label alone is not enough.
        hidden: in the command line's output and in the download, but not on the page.
        priority: 1 for the columns that decide, which a phone shows first; 0 for the others. Where no column has one,
            the first three do.
        optional: on the page only after the reader chose it among the columns.
        value_labels: (value, words) pairs: how a page writes values that the command line has as codes.
        absent: why a row can be without a value although nothing is unknown; its cell is then a dash with this reason.
    """

    name: str
    label: str
    unit: Unit = "text"
    help: str = ""
    hidden: bool = False
    priority: int = 0
    optional: bool = False
    value_labels: tuple[tuple[str, str], ...] = ()
    absent: str = ""

    def displayed(self, value: Any) -> Any:
        """Return a value of the column, or each part of a list in a text, as pages write it."""
        if not isinstance(value, str) or not self.value_labels:
            return value
        labels = dict(self.value_labels)
        return labels.get(value) or ", ".join(labels.get(part, part) for part in value.split(", "))


@dataclass(frozen=True)
class Note:
    """One line of context or caution about the answer.

    Attributes:
        text: one sentence.
        kind: doubt, assumption, contradiction, missing (a table that would answer) or fact.
        affects: names of the figures or columns it concerns; empty: the whole answer.
        table: for `missing`, the canonical table that would fill it.
    """

    text: str
    kind: NoteKind = "fact"
    affects: tuple[str, ...] = ()
    table: str = ""


@dataclass(frozen=True)
class Answer:
    """The answer to a question.

    Attributes:
        question: its name on the command line ("retention.summary").
        title: the question in words.
        headline: the answer in one sentence: the number, its change and its caveat. `**` marks the figures.
        as_of: the day the answer describes; None where there is no data at all.
        figures: headline numbers, most important first.
        rows: the table to act on (exactly what is downloaded).
        columns: how its columns are presented; empty: as they are.
        charts: at most four.
        notes: caveats and context.
        definition: what the main number means.
        missing_tables: canonical tables without which the question cannot be answered; non-empty means "empty state".
        currency: code of the reporting currency, "" when the data names none.
    """

    question: str
    title: str
    headline: str
    as_of: dt.date | None
    figures: tuple[Figure, ...] = ()
    rows: pa.Table = field(default_factory=lambda: pa.table({}))
    columns: tuple[Column, ...] = ()
    charts: tuple[Chart, ...] = ()
    notes: tuple[Note, ...] = ()
    definition: Definition | None = None
    missing_tables: tuple[str, ...] = ()
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
            "says": self.headline.replace("**", ""),
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "currency": self.currency or None,
            "figures": [
                {"name": f.name, "value": f.value, "unit": f.unit, "n": f.n, "low": f.low, "high": f.high}
                | {"label": f.label, "previous": f.previous, "doubt": f.caveat, "reference": f.benchmark}
                for f in self.figures
            ],
            "rows": [{key: json_value(value) for key, value in row.items()} for row in self.rows.to_pylist()],
            "notes": [{"text": n.text, "kind": n.kind, "touches": list(n.affects)} for n in self.notes],
            "missing": list(self.missing_tables),
            "definition": None
            if definition is None
            else {
                "name": definition.name,
                "title": definition.title,
                "words": definition.explanation,
                "formula": definition.formula,
                "source": definition.source,
            },
        }


def json_value(value: Any) -> Any:
    """Return `value` as JSON can hold it: dates as ISO text, not-a-number as None, other plain values unchanged."""
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, (list, tuple)):
        return [json_value(item) for item in value]
    if isinstance(value, dict):
        return {key: json_value(item) for key, item in value.items()}
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    return str(value)
