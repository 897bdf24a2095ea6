"""What was paid when, by month or by invoice, and the contract lines that follow from it.

A line depends on everything known about it: a sheet with one more month continues the line of the month before, a
corrected month splits it, an invoice shows that the one before had a successor. So payments are stored as the sheets
had them, a piece per month or invoice, and all lines are made from all pieces again at every load.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from itertools import groupby, pairwise
from statistics import median

import numpy as np
import pyarrow as pa

from cs_dash.intake.cells.dates import end_of_month

_NEAR = 0.005
MONTHLY, MOVING = ("month", "snapshot"), ("movement", "level", "leaving", "opening")
_TERMS = (1, 3, 6, 12)
_DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True)
class Piece:
    """The payment in one cell of a month or in one invoice.

    Attributes:
        piece_id: what identifies it; a later piece with the same id replaces it.
        series: what identifies the stream of payments: the account, and the plan or product where one is named.
        source: the list it comes from, the same for its next month's issue.
        kind: "month" (a column of months) and "snapshot" hold until the source's next month; "invoice" holds for its
            own period; "movement" changes what is paid from its day on, "level" says what it is from then, "leaving"
            ends it, and "opening" is what was paid before the first movement of a list.
        account_ref, account_name, plan: as on the contract line.
        starts: first day of the month, or of the invoice's period.
        ends: day after the period of an invoice; of a month the day the customer left, where it is known.
        amount: MRR of a month, the sum of an invoice, the change by a movement; None where it could not be read: the
            month before goes on.
        months: months that an invoice, or a column of several months, is for; None where it does not say.
        since: first day as a customer, where the sheet gives one.
    """

    piece_id: str
    series: str
    source: str
    kind: str
    account_ref: str | None
    account_name: str | None
    plan: str | None
    starts: date
    ends: date | None = None
    amount: float | None = None
    months: float | None = None
    since: date | None = None


@dataclass(frozen=True)
class Line:
    """A contract line made of pieces."""

    series: str
    subscription_id: str
    account_ref: str | None
    account_name: str | None
    plan: str | None
    start_date: date
    end_date: date | None
    mrr: float | None


PIECE = {
    "piece_id": pa.string(), "series": pa.string(), "source": pa.string(), "kind": pa.string(),
    "account_ref": pa.string(), "account_name": pa.string(), "plan": pa.string(), "starts": pa.date32(),
    "ends": pa.date32(), "amount": pa.float64(), "months": pa.float64(), "since": pa.date32(),
}  # fmt: skip


def table(pieces: Iterable[Piece]) -> pa.Table:
    """Return pieces as rows, as a version stores them."""
    rows = list(pieces)
    return pa.table({name: pa.array([getattr(piece, name) for piece in rows], kind) for name, kind in PIECE.items()})


def pieces(rows: pa.Table) -> dict[str, Piece]:
    """Return the pieces that a version stores, by id."""
    columns = [rows[column.name].to_pylist() for column in fields(Piece)]
    return {values[0]: Piece(*values) for values in zip(*columns, strict=True)}


def _is_same_amount(a: float | None, b: float | None) -> bool:
    return a is not None and b is not None and abs(a - b) < _NEAR


def _line(piece: Piece, start: date, end: date | None, mrr: float | None, key: str) -> Line:
    own = f"{piece.series}-{key}"
    return Line(piece.series, own, piece.account_ref, piece.account_name, piece.plan, start, end, mrr)


def _left(run: Piece, run_start: date, month: date, piece: Piece | None) -> date:
    """The day a run ends that `month` does not continue: the day the customer left, where it is known, else the 1st.

    A day from an earlier month counts up to that month; one from that month counts where nothing is paid any more.
    """
    if piece is not None and not piece.amount and piece.ends and run_start < piece.ends <= end_of_month(month):
        return piece.ends
    return min(month, run.ends) if run.ends and run.ends > run_start else month


def _monthly(held: Sequence[Piece], known_months: Sequence[date]) -> list[Line]:
    """The lines of one series of months: a run of the same amount is one, nothing paid ends it."""
    by_month = {piece.starts: piece for piece in held}
    lines: list[Line] = []
    run: Piece | None = None
    run_start = date.min
    for month in known_months:
        piece = by_month.get(month)
        if run is not None and piece is not None and piece.amount is None:
            continue
        amount = piece.amount if piece else None
        if run is not None and not _is_same_amount(amount, run.amount):
            lines.append(_line(run, run_start, _left(run, run_start, month, piece), run.amount, f"{run.starts:%Y-%m}"))
            run = None
        if piece is None or not amount:
            continue
        if run is None:
            first = not lines and piece.since is not None and piece.since < month
            run, run_start = piece, piece.since if first and piece.since else month
        elif piece.ends:
            run = replace(run, ends=piece.ends)
    if run is not None:
        end = run.ends if run.ends and run.ends > run_start else None
        lines.append(_line(run, run_start, end, run.amount, f"{run.starts:%Y-%m}"))
    return lines


def usual_months(days: Sequence[date]) -> int | None:
    """Return how many months usually lie between invoices: 1, 3, 6 or 12; None where that is unclear.

    >>> usual_months([date(2026, 1, 3), date(2026, 2, 1), date(2026, 3, 5)]), usual_months([date(2026, 1, 3)])
    (1, None)
    """
    ordered = sorted(set(days))
    gaps = [(b - a).days / _DAYS_A_MONTH for a, b in pairwise(ordered)]
    if not gaps:
        return None
    usual = median(gaps)
    near = min(_TERMS, key=lambda term: abs(usual / term - 1))
    return near if abs(usual / near - 1) <= 0.25 else None


def months_after(day: date, months: float) -> date:
    """The same day so many months later, the month's last where it is shorter."""
    if months != round(months):
        return day + timedelta(days=round(months * _DAYS_A_MONTH))
    first = (np.datetime64(day, "M") + int(months)).astype("datetime64[D]").astype(date)
    return date(first.year, first.month, min(day.day, end_of_month(first).day))


def whole_months(start: date, end: date) -> float:
    """Return the months of a period; a period of about whole months counts as such, whatever their days.

    >>> whole_months(date(2026, 2, 1), date(2026, 3, 1)), whole_months(date(2026, 1, 1), date(2027, 1, 1))
    (1.0, 12.0)
    """
    months = (end.year - start.year) * 12 + end.month - start.month + (end.day - start.day) / 30
    near = round(months)
    return float(near) if near and abs(months - near) * 30 <= 3 else (end - start).days / _DAYS_A_MONTH


@dataclass
class _Lane:
    """Invoices that follow one another."""

    first: Piece
    start: date
    end: date
    months: float
    mrr: float | None


def _terms(held: Sequence[Piece], of_account: Mapping[str | None, list[date]]) -> list[tuple[Piece, float | None]]:
    usual = usual_months([piece.starts for piece in held]) or usual_months(
        of_account[held[0].account_ref or held[0].account_name]
    )
    terms = []
    for piece in held:
        months = piece.months
        if months is None and piece.ends is not None:
            months = whole_months(piece.starts, piece.ends)
        terms.append((piece, months or (float(usual) if usual else None)))
    return terms


def _invoiced(held: Sequence[Piece], newest: date, of_account: Mapping[str | None, list[date]]) -> list[Line]:
    """The lines of one series of invoices: those that follow one another with the same amount a month are one.

    The last one runs on while the next invoice is not due, and for half a period after.
    """
    lanes: list[_Lane] = []
    lines: list[Line] = []
    for piece, months in _terms(
        sorted(held, key=lambda piece_or_lane: (piece_or_lane.starts, piece_or_lane.piece_id)), of_account
    ):
        if months is None or piece.amount is None:
            lines.append(_line(piece, piece.starts, None, None, f"{piece.starts}"))
            continue
        mrr = piece.amount / months
        end = piece.ends or months_after(piece.starts, months)
        grace = timedelta(days=months * _DAYS_A_MONTH / 2)
        before = [lane for lane in lanes if abs(piece.starts - lane.end) <= grace]
        lane = min(
            before,
            key=lambda piece_or_lane: (
                not _is_same_amount(piece_or_lane.mrr, mrr),
                abs(piece.starts - piece_or_lane.end),
            ),
            default=None,
        )
        if lane is not None and _is_same_amount(lane.mrr, mrr):
            lane.end, lane.months = end, months
            continue
        if lane is not None:
            lanes.remove(lane)
            lines.append(_line(lane.first, lane.start, piece.starts, lane.mrr, f"{lane.start}"))
        lanes.append(_Lane(piece, piece.starts, end, months, mrr))
    for lane in lanes:
        due = lane.end + timedelta(days=lane.months * _DAYS_A_MONTH / 2)
        end_of_line = None if newest < due else lane.end
        lines.append(_line(lane.first, lane.start, end_of_line, lane.mrr, f"{lane.start}"))
    return lines


def _moved(held: Sequence[Piece]) -> list[Line]:
    """The lines of one series of movements: what is paid from a day on until it changes."""
    first = min((piece.starts for piece in held if piece.kind != "opening"), default=date.max)
    # What an earlier list tells in movements needs no beginning of a later one.
    counted = [piece for piece in held if piece.kind != "opening" or piece.starts < first]
    lines: list[Line] = []
    paid = 0.0
    for day, moves in groupby(sorted(counted, key=lambda own: (own.starts, own.piece_id)), key=lambda own: own.starts):
        before = paid
        for piece in moves:
            amount = piece.amount or 0.0
            paid = 0.0 if piece.kind == "leaving" else amount if piece.kind == "level" else max(paid + amount, 0.0)
        if _is_same_amount(paid, before):
            continue
        if before > _NEAR:
            lines[-1] = replace(lines[-1], end_date=day)
        if paid > _NEAR:
            lines.append(_line(piece, day, None, paid, f"{day}"))
    return lines


def _unique(lines: list[Line]) -> list[Line]:
    """Lines of one series that begin on the same day get a number behind the key."""
    uses: dict[str, int] = {}
    unique = []
    for line in sorted(lines, key=lambda line: (line.subscription_id, line.mrr or 0.0)):
        uses[line.subscription_id] = nth = uses.get(line.subscription_id, 0) + 1
        unique.append(line if nth == 1 else replace(line, subscription_id=f"{line.subscription_id}-{nth}"))
    return unique


def lines(pieces: Iterable[Piece]) -> list[Line]:
    """Return the contract lines that pieces make, by series and start.

    An account that a later issue of its list does not name left with that issue. Amounts that are the same in a row
    are one line. Months: on the last day of every month a line's MRR is the amount in its cell.
    """
    months: dict[str, set[date]] = {}
    newest = date.min
    invoices: dict[str | None, list[date]] = {}
    by_series: dict[str, list[Piece]] = {}
    for piece in pieces:
        by_series.setdefault(piece.series, []).append(piece)
        if piece.kind in MONTHLY:
            months.setdefault(piece.source, set()).add(piece.starts)
        elif piece.kind == "invoice":
            newest = max(newest, piece.starts)
            invoices.setdefault(piece.account_ref or piece.account_name, []).append(piece.starts)
    all_lines: list[Line] = []
    for _, held in sorted(by_series.items()):
        monthly = [piece for piece in held if piece.kind in MONTHLY]
        if monthly:
            sources = {piece.source for piece in monthly}
            first = min(piece.starts for piece in monthly)
            every = sorted({month for source in sources for month in months[source] if month >= first})
            all_lines += _monthly(monthly, every)
        if moves := [piece for piece in held if piece.kind in MOVING]:
            all_lines += _moved(moves)
        if billed := [piece for piece in held if piece.kind == "invoice"]:
            all_lines += _unique(_invoiced(billed, newest, invoices))
    return all_lines
