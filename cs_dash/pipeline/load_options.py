"""How a load reads its files, so that it can be done again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cs_dash.intake.matching.account_decision import AccountDecision
from cs_dash.intake.results.layouts import Layout
from cs_dash.intake.rows.rates import Quote


@dataclass(frozen=True)
class LoadOptions:
    """How a load reads its files.

    Attributes:
        as_table: the table that every sheet feeds; None to recognise it.
        mapping: source column -> field, or "" to leave the column out.
        options: see `intake.reading.OPTIONS`.
        today: day of the load.
        layouts: what was decided about sheets with certain columns.
        dry_run: read and count, but publish nothing.
        decisions: what people said of accounts.
        currency: the reporting currency where the rows so far tell none.
        uncoded: the currency of amounts that name none; None: the reporting currency.
        quotes: exchange rates that are known beside those of the rows.
        quoted: the currency that sheets of exchange rates are likely to be in; None: the reporting currency.
        fiscal_year: the month in which fiscal years begin where no option says it; None: January.
    """

    as_table: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)
    today: dt.date = field(default_factory=dt.date.today)
    layouts: tuple[Layout, ...] = ()
    dry_run: bool = False
    decisions: tuple[AccountDecision, ...] = ()
    currency: str | None = None
    uncoded: str | None = None
    quotes: tuple[Quote, ...] = ()
    quoted: str | None = None
    fiscal_year: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return it as a version keeps it: without the password."""
        return {
            "as_table": self.as_table,
            "mapping": dict(self.mapping),
            "options": {name: value for name, value in self.options.items() if name != "password"},
            "today": self.today.isoformat(),
            "layouts": [layout.as_dict() for layout in self.layouts],
            "fiscal_year": self.fiscal_year,
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any], password: str | None = None) -> LoadOptions:
        """Return what a version kept, with a password for its locked files."""
        options = dict(stored["options"]) | ({"password": password} if password else {})
        return cls(
            stored["as_table"],
            stored["mapping"],
            options,
            dt.date.fromisoformat(stored["today"]),
            tuple(Layout.from_dict(layout) for layout in stored["layouts"]),
            fiscal_year=stored.get("fiscal_year"),
        )
