"""Random small companies, and what the definitions must say of them, computed the long way in plain Python."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

FIRST = dt.date(2024, 1, 1)
DAYS = 460
FAR = dt.date(9999, 12, 31)


@dataclass(frozen=True)
class Line:
    """One contract line, half-open: `end` is the first day not paid for."""

    account: str
    start: dt.date
    end: dt.date | None
    mrr: float

    def on(self, day: dt.date) -> float:
        return self.mrr if self.start <= day < (self.end or FAR) else 0.0


@st.composite
def lines(draw: st.DrawFn) -> list[Line]:
    """Draw the lines of up to five accounts: overlapping, with gaps, open and ended, of a day or of a year."""
    drawn_lines = []
    for account in "abcde"[: draw(st.integers(1, 5))]:
        for _ in range(draw(st.integers(1, 4))):
            start = FIRST + dt.timedelta(days=draw(st.integers(0, DAYS)))
            length = draw(st.one_of(st.none(), st.integers(1, 40), st.integers(20, 400)))
            end = None if length is None else start + dt.timedelta(days=length)
            drawn_lines.append(Line(account, start, end, draw(st.integers(1, 400)) / 4))
    return drawn_lines


def rows(contract_lines: list[Line]) -> dict[str, list[dict[str, Any]]]:
    """Return the tables of a company with these lines; accounts a, c and e are of the segment "odd"."""
    accounts = [
        {"account_id": account, "segment": "odd" if account in "ace" else "even"}
        for account in sorted({x.account for x in contract_lines})
    ]
    subscriptions = [
        {"account_id": line.account, "start_date": line.start, "end_date": line.end, "mrr": line.mrr}
        for line in contract_lines
    ]
    return {"accounts": accounts, "subscriptions": subscriptions}


def mrr(contract_lines: list[Line], account: str, day: dt.date) -> float:
    return sum(line.on(day) for line in contract_lines if line.account == account)


def paid_before(contract_lines: list[Line], account: str, day: dt.date) -> bool:
    return any(line.account == account and line.start <= day for line in contract_lines)


def movements(contract_lines: list[Line], start: dt.date, end: dt.date) -> dict[str, float]:
    """Return the movements between two days, account by account."""
    totals = dict.fromkeys(("new", "reactivation", "expansion", "contraction", "churn", "mrr_start", "mrr_end"), 0.0)
    totals |= dict.fromkeys(("accounts_start", "accounts_end", "accounts_kept"), 0)
    for account in {line.account for line in contract_lines}:
        s, e = mrr(contract_lines, account, start), mrr(contract_lines, account, end)
        totals["mrr_start"] += s
        totals["mrr_end"] += e
        totals["accounts_start"] += s > 0
        totals["accounts_end"] += e > 0
        totals["accounts_kept"] += s > 0 and e > 0
        if s == 0 and e > 0:
            totals["reactivation" if paid_before(contract_lines, account, start) else "new"] += e
        elif e == 0:
            totals["churn"] += s
        elif e > s:
            totals["expansion"] += e - s
        else:
            totals["contraction"] += s - e
    return totals


def month_end(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def month_starts(first: dt.date, last: dt.date) -> list[dt.date]:
    """Return the first day of every month from that of `first` to that of `last`."""
    count = (last.year - first.year) * 12 + last.month - first.month
    months = [divmod(first.year * 12 + first.month - 1 + index, 12) for index in range(count + 1)]
    return [dt.date(year, month + 1, 1) for year, month in months]
