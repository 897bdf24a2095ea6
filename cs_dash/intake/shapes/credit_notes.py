"""Credit notes and lines below zero in a list of invoices: what they cancel, and what they lower."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from cs_dash.intake.shapes.history import Piece
from cs_dash.schema import names

_CREDIT = re.compile(
    r"\b(credit ?notes?|credit memos?|refunds?|reversal|gutschrift\w*|storno\w*|stornorechnung|avoirs?|note de credit|"
    r"nota de credito|nota credito|abono|estorno|кредит ?нот\w*|возврат\w*|сторно\w*|корректировочн\w*)\b|"
    r"红字|红冲|贷项|退款"
)
_SAME = 0.01


def is_credit_note(*texts: str | None) -> bool:
    """Return whether the type, the number or the description of an invoice says that it takes back another.

    >>> is_credit_note("Credit Note"), is_credit_note("Gutschrift zu RE-7"), is_credit_note("Pro monthly")
    (True, True, False)
    """
    return any(text and _CREDIT.search(names.folded(text)) for text in texts)


@dataclass(frozen=True)
class Credit:
    """An amount that takes something back.

    Attributes:
        row: its place in the sheet.
        account: whose it is.
        number: its own number, that of the invoice of which it is a line, or "".
        texts: what the other cells of its row say.
        day: its day.
        amount: how much it takes back, above zero.
    """

    row: int
    account: str
    number: str
    texts: tuple[str, ...]
    day: date
    amount: float


@dataclass(frozen=True)
class Settled:
    """What becomes of invoices once credits are taken off them.

    Attributes:
        pieces: the invoices, by id.
        cancelled: ids of those that a credit note took back.
        lowered: how many lines below zero lowered an invoice.
        alone: credits that belong to no invoice.
    """

    pieces: dict[str, Piece]
    cancelled: tuple[str, ...]
    lowered: int
    alone: tuple[Credit, ...]


def settle(pieces: Mapping[str, Piece], credits: Iterable[Credit], earlier: Mapping[str, Piece]) -> Settled:
    """Take credits off the invoices that they belong to, and return what is left.

    A line of an invoice lowers the invoice. A credit note cancels the invoice that it names, else the newest one of
    the account before it with the same amount; one that names an invoice and takes back a part of it lowers it.

    Args:
        pieces: the invoices of the sheet, by id.
        credits: what takes something back.
        earlier: the invoices of earlier loads, by id.
    """
    left, lowered = dict(pieces), 0
    cancelled: list[str] = []
    alone: list[Credit] = []
    before = {key: piece for key, piece in earlier.items() if piece.kind == "invoice" and key not in left}
    for credit in sorted(credits, key=lambda entry: (entry.day, entry.row)):
        own = [key for key, piece in left.items() if credit.number and _number(key) == credit.number.casefold()]
        own = [key for key in own if _account(left[key]) == credit.account]
        if own:
            key = max(own, key=lambda key: left[key].amount or 0.0)
            lowered += _lower(left, key, credit, cancelled)
            continue
        every = before | left
        same = [key for key, piece in every.items() if _account(piece) == credit.account]
        referred = [key for key in same if _number(key) and _names(credit, _number(key))]
        total = sum(every[key].amount or 0.0 for key in referred)
        if referred and credit.amount >= total - _SAME:
            cancelled += referred
        elif referred and (in_sheet := [key for key in referred if key in left]):
            lowered += _lower(left, max(in_sheet, key=lambda key: left[key].amount or 0.0), credit, cancelled)
            continue
        elif not referred and (alike := _alike(credit, {key: every[key] for key in same})):
            referred = [alike]
            cancelled.append(alike)
        else:
            alone.append(credit)
            continue
        for key in referred:
            left.pop(key, None)
            before.pop(key, None)
    return Settled(left, tuple(cancelled), lowered, tuple(alone))


def _lower(left: dict[str, Piece], key: str, credit: Credit, cancelled: list[str]) -> bool:
    rest = (left[key].amount or 0.0) - credit.amount
    if rest <= _SAME:
        del left[key]
        cancelled.append(key)
        return False
    left[key] = replace(left[key], amount=rest)
    return True


def _number(key: str) -> str:
    """The number of the invoice in a piece's id."""
    return key.split("|")[1].casefold()


def _account(piece: Piece) -> str:
    return piece.account_ref or names.account_key(piece.account_name or "")


def _names(credit: Credit, number: str) -> bool:
    """Whether a credit note names an invoice: its number as a whole word in any cell."""
    pattern = re.compile(rf"(?<![\w-]){re.escape(number)}(?![\w-])")
    return any(pattern.search(text.casefold()) for text in credit.texts)


def _alike(credit: Credit, pieces: Mapping[str, Piece]) -> str | None:
    """The newest invoice up to the credit note's day with its amount."""
    fitting = [
        key
        for key, piece in pieces.items()
        if piece.amount is not None and abs(piece.amount - credit.amount) < _SAME and piece.starts <= credit.day
    ]
    return max(fitting, key=lambda key: (pieces[key].starts, key), default=None)
