"""What the list behind a mark is asked with: the scope of the page, and the options of the chart's own question."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import pyarrow as pa

from cs_dash.answer import Answer
from cs_dash.charts import Chart
from cs_dash.look import words
from cs_dash.questions.grouping import first_dimension
from cs_dash.scope import ONE_DAY, Scope, months_in
from cs_dash.ui.components.show.marks import MarkedRows, Row
from cs_dash.ui.state import answers, session


@dataclass(frozen=True)
class MarkContext:
    """One chart's surroundings.

    Attributes:
        snapshot: the version on screen.
        chart: the chart.
        scope: the scope of the page, resolved.
        options: the options with which the chart's question was asked.
    """

    snapshot: session.Snapshot
    chart: Chart
    scope: Scope
    options: Mapping[str, str]

    def ask(self, question: str, scope: Scope | None = None, **options: str) -> Callable[[], Answer]:
        """Return what asks a question in the scope of the page, or in another one."""
        return partial(answers.ask, self.snapshot, question, scope or self.scope, **options)

    def ask_for(
        self, counts: Callable[[Row], bool], question: str, scope: Scope | None = None, **options: str
    ) -> Callable[[], Answer]:
        """Return what asks a question and leaves those of its rows that count."""

        def answer() -> Answer:
            whole = self.ask(question, scope, **options)()
            marks = pa.array([counts(row) for row in whole.rows.to_pylist()], pa.bool_())
            return replace(whole, rows=whole.rows.filter(marks))

        return answer

    def without(self, ask: Callable[[], Answer], *columns: str) -> Callable[[], Answer]:
        """Return what asks the same and does not show columns that say the same in every row."""

        def answer() -> Answer:
            whole = ask()
            return replace(whole, columns=tuple(column for column in whole.columns if column.name not in columns))

        return answer

    @property
    def period_text(self) -> str:
        """The period of the page in words: "1 Oct 2025 to 30 Sep 2026", "up to 30 Sep 2026"."""
        last = self.scope.end - ONE_DAY if self.scope.end else self.scope.as_of
        if self.scope.start is None:
            return f"up to {words.date(last)}" if last else "all of the time"
        return f"{words.date(self.scope.start)} to {words.date(last)}"

    def on_day(self, day: dt.date) -> Scope:
        """Return the scope as of another day."""
        if self.scope.period == "custom":
            return replace(self.scope, as_of=day)
        return replace(self.scope, as_of=day, start=None, end=None)

    def at_month_end(self, month: dt.date) -> Scope:
        """Return the scope as of the end of a month, of a month in progress as of the day of the page."""
        return self.on_day(self.last_day(month))

    def in_month(self, month: dt.date) -> Scope:
        """Return the scope for the part of a month that lies in the period of the page."""
        first = month.replace(day=1)
        end = self.last_day(month) + ONE_DAY
        start = max(first, self.scope.start) if self.scope.start else first
        last = min(end, self.scope.end) if self.scope.end else end
        return replace(self.scope, period="custom", start=start, end=last)

    def where(self, field: str, value: str, scope: Scope | None = None) -> Scope:
        """Return the scope of the page, or another one, for the accounts with one value of a dimension."""
        return (scope or self.scope).with_filter(field, (value,))

    def ever(self) -> Scope:
        """Return the scope for all the time up to the day of the page."""
        return replace(self.scope, period="all", start=None, end=None)

    @property
    def first_dimension(self) -> str:
        """The dimension of the accounts that questions group by without a choice; "" where there is none."""
        values = answers.dimensions(self.snapshot)
        return first_dimension({field: len(of_field) for field, of_field in values.items()})

    def has_value(self, field: str, value: str) -> bool:
        """Return whether some account has the value of a dimension."""
        return value in answers.dimensions(self.snapshot).get(field, ())

    def last_day(self, month: dt.date) -> dt.date:
        """Return the last day of a month, of a month in progress the day of the page."""
        first = month.replace(day=1)
        (days,) = months_in(first, (first + dt.timedelta(days=32)).replace(day=1))
        last = days[1] - ONE_DAY
        return min(last, self.scope.as_of) if self.scope.as_of else last


@dataclass(frozen=True)
class Opening:
    """What the marks of one chart open.

    Attributes:
        rows: the chart's row behind a mark -> what stands behind it; None: nothing.
        opens: the column of the chart that the address holds under its own name, instead of `mark`.
        accounts: whether a mark is an account, whose page a click opens.
        current: what the address has under `opens` -> the value that it means in the version on screen.
    """

    rows: Callable[[MarkContext, Row], MarkedRows | None]
    opens: str = ""
    accounts: bool = False
    current: Callable[[MarkContext, str], str] = lambda _context, value: value


ACCOUNTS = Opening(lambda _context, _row: None, accounts=True)
"""Of a chart whose marks are accounts: a click leads to the account's page."""
