"""Lists of invoices: which column holds what, and the contract payments that follow."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import PurePath

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.cells import arrays, date_spans, dates, intervals, missing, periods, readers
from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.detection import columns
from cs_dash.intake.results.matches import ColumnMatch
from cs_dash.intake.results.problems import LoadContext
from cs_dash.intake.results.sheets import Block, Sheet
from cs_dash.intake.rows import keys, row_typing
from cs_dash.intake.rows.typed_rows import TypedRows, constant
from cs_dash.intake.shapes import invoice_words
from cs_dash.intake.shapes.credit_notes import Credit, is_credit_note, settle
from cs_dash.intake.shapes.history import Piece, months_after
from cs_dash.look.words import plural
from cs_dash.schema import names
from cs_dash.schema.tables import TABLES

_DAYS = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d\d)")
_RANGE = re.compile(r"^(.{6,}?)\s*(?:–|—|\bto\b|\bbis\b|\bпо\b|\s-\s|~)\s*(.{6,})$", re.IGNORECASE)
_MONTHS = re.compile(
    rf"(?<!\w)({'|'.join(sorted(map(re.escape, dates.MONTHS), key=len, reverse=True))})\.?[\s\-/]*(20\d\d)(?!\d)",
    re.IGNORECASE,
)
_CENTS = frozenset({"autoadvance", "attemptcount", "amountremaining"})
_NO_CENTS = frozenset({"JPY", "KRW", "VND", "CLP"})


@dataclass(frozen=True)
class Invoices:
    """Which columns of a sheet hold what of an invoice: one of the keys of `invoice_words.HEADERS` -> column.

    Attributes:
        places: the columns.
        cents: the amounts are in cents.
        plus: a column that is added to the amounts: what is still due, where they are what was paid; None for none.
    """

    places: Mapping[str, int]
    cents: bool
    plus: int | None = None


def _folded() -> dict[str, dict[str, int]]:
    return {
        part: {names.key(word): at for at, word in enumerate(words)} for part, words in invoice_words.HEADERS.items()
    }


def find(sheet: Sheet, block: Block, profiles: Sequence[Profile], context: LoadContext) -> Invoices | None:
    """Return which columns of a list of invoices hold what; None where the sheet is not one.

    It is one where a column or the file is named after invoices, and it has who, when and how much, but no MRR or ARR.
    """
    places: dict[str, int] = {}
    for part, words in _folded().items():
        ranked = [(words[key], at) for at, name in enumerate(block.names) for key in names.keys(name) if key in words]
        fitting = [(rank, at) for rank, at in sorted(ranked) if _fits(part, profiles[at])]
        if fitting:
            places[part] = fitting[0][1]
    titles = names.folded(f"{PurePath(sheet.file).stem} {sheet.name}")
    is_numbered = "number" in places and (
        names.key(block.names[places["number"]]) not in invoice_words.ANY_NUMBER or "due date" in places
    )
    called = bool(invoice_words.FILE.search(titles)) or (is_numbered and not invoice_words.OTHERS.search(titles))
    plus = None
    if not {"net", "amount"} & set(places) and (parts := [places[part] for part in ("paid", "due") if part in places]):
        places["amount"], plus = parts[0], parts[1] if len(parts) > 1 else None
    amounts = {"net", "amount"} & set(places)
    when = {"date", "from", "span"} & set(places)
    if not (called and amounts and when):
        return None
    table = columns.assign(TABLES["subscriptions"], block.names, profiles, context.mapping)
    fields = {match.field.name for match in table}
    if not ({"account_ref", "account_name"} & fields or "customer" in places) or {"mrr", "arr"} & fields:
        return None
    keys = {names.key(name) for name in block.names}
    return Invoices(places, len(_CENTS & keys) >= 2, plus)


def _fits(part: str, held: Profile) -> bool:
    if not held.distinct:
        return False
    if part in ("date", "from", "to", "due date"):
        return held.dates > 0.5
    if part == "customer":
        return held.numbers < 0.5 and held.dates < 0.5
    return held.numbers > 0.5 if part in ("net", "amount", "tax", "paid", "due") else True


def rows(
    columns_found: Invoices, block: Block, sheet: Sheet, context: LoadContext, profiles: Sequence[Profile]
) -> TypedRows:
    """Return a draft of the invoices, a row each: account, plan, the period as far as it is known, the amount."""
    table, places = TABLES["subscriptions"], columns_found.places
    matches = [
        ColumnMatch(places[part], table.field(name), 0.95, "its name, in a list of invoices", 1.0)
        for part, name in _fields(places).items()
    ]
    used, fields_filled = {m.column for m in matches} | set(places.values()), {m.field.name for m in matches}
    for match in columns.assign(table, block.names, profiles, context.mapping):
        is_contract_field = match.field.name in (
            "account_ref",
            "account_name",
            "plan",
            "currency",
            "subscription_id",
            "billing",
        )
        if is_contract_field and match.column not in used and match.field.name not in fields_filled:
            matches.append(match)
            fields_filled.add(match.field.name)
    if not {"account_ref", "account_name"} & fields_filled:
        matches.append(ColumnMatch(places["customer"], table.field("account_name"), 0.9, "it names the customer", 1.0))
    draft = row_typing.type_rows(table, sorted(matches, key=lambda match: match.column), block, sheet, context)
    _spans(draft, columns_found)
    row_typing.require(draft)
    if columns_found.plus is not None:
        match = ColumnMatch(columns_found.plus, table.field("amount"), 1.0, "", 1.0)
        open_amounts = row_typing.type_rows(table, [match], block, sheet, context).columns["amount"]
        paid = pc.fill_null(draft.columns["amount"], 0.0)
        draft.columns["amount"] = pc.add(paid, pc.fill_null(open_amounts, 0.0))
        columns_added = f"{block.names[places['amount']]} and {block.names[columns_found.plus]}"
        draft.assumptions.append(f"The amount of an invoice is {columns_added} combined.")
    if "net" not in places and "tax" in places:
        tax = row_typing.type_rows(
            table, [ColumnMatch(places["tax"], table.field("amount"), 1.0, "", 1.0)], block, sheet, context
        )
        less = pc.subtract(draft.columns["amount"], pc.fill_null(tax.columns["amount"], 0.0))
        draft.columns["amount"] = less
        draft.assumptions.append(f"{block.names[places['tax']]} was subtracted from the amounts: tax is not revenue.")
    empty = np.flatnonzero(draft.columns["amount"].is_null().to_numpy(zero_copy_only=False) & ~draft.faults.rejected)
    draft.reject(empty, "amount", "No amount.", "Enter the invoiced amount.")
    if columns_found.cents:
        codes = draft.columns.get("currency", constant("", pa.string(), len(draft)))
        whole = pc.is_in(pc.utf8_upper(codes), value_set=pa.array(sorted(_NO_CENTS), pa.string()))
        amount = draft.columns["amount"]
        draft.columns["amount"] = pc.if_else(pc.fill_null(whole, False), amount, pc.divide(amount, 100.0))
        draft.assumptions.append("Amounts were read as cents, as in the billing system's own tables.")
    return draft


def _fields(places: Mapping[str, int]) -> dict[str, str]:
    """Which part of an invoice fills which field of a contract line."""
    start = "from" if "from" in places and "to" in places else "date" if "date" in places else "from"
    field_by_part = {start: "start_date", ("net" if "net" in places else "amount"): "amount", "status": "status"}
    if start == "from" and "to" in places:
        field_by_part["to"] = "end_date"
    return {part: name for part, name in field_by_part.items() if part in places}


def _spans(draft: TypedRows, columns_found: Invoices) -> None:
    """Read periods such as "1 Jan 2026 - 31 Jan 2026" in one column, and dates of invoices where a period has none."""
    count = len(draft)
    starts = draft.columns.get("start_date", constant(None, pa.date32(), count)).to_pylist()
    ends = draft.columns.get("end_date", constant(None, pa.date32(), count)).to_pylist()
    if "span" in columns_found.places and "end_date" not in draft.columns:
        cells = missing.without_missing(
            arrays.whole(draft.block.rows.column(columns_found.places["span"])), missing.NO_VALUE
        )
        spans = [_RANGE.match((text or "").strip()) for text in cells.to_pylist()]
        days = pa.array([part.strip() for span in spans if span for part in span.groups()], pa.string())
        order = readers.order_of(draft.block.names[columns_found.places["span"]], days, draft.context.options)
        for at, text in enumerate(cells.to_pylist()):
            if span := _span(text or "", order):
                starts[at], ends[at] = span
    for at, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if start and end:
            ends[at] = _day_after(start, end)
    draft.columns["start_date"] = pa.array(starts, pa.date32())
    draft.columns["end_date"] = pa.array(ends, pa.date32())


def _span(text: str, order: dates.Order) -> tuple[date, date] | None:
    """The first and last day that a period in words names: "Jan 2026", "2026-01-01 - 2026-01-31"."""
    if match := _RANGE.match(text.strip()):
        start, end = (dates.day(part.strip(), order) for part in match.groups())
        return (start, end) if start and end and end > start else None
    if span := date_spans.span(text.strip()):
        return span.first, span.last
    month = periods.month_column(text)
    return (month[0], dates.end_of_month(month[0])) if month else None


def _day_after(start: date, end: date) -> date | None:
    """The first day after a period; an end that makes it whole months counts as its last day. None for an empty one."""
    if end <= start:
        return None
    after = end + timedelta(days=1)
    return after if any(months_after(start, months) == after for months in range(1, 37)) else end


def _span_in(text: str, order: dates.Order) -> tuple[date, date] | None:
    """The period in a description that names two days or months: “Pro, 01.02.2026 to 28.02.2026”, “Jan 2026”."""
    days = [dates.day(found, order) for found in _DAYS.findall(text)]
    months = [] if days else [date_spans.span(" ".join(found)) for found in _MONTHS.findall(text)]
    if months and months[0] and months[-1] and len(months) < 3:
        days = [months[0].first, months[-1].last]
    if len(days) != 2 or days[0] is None or days[1] is None or not 6 < (days[1] - days[0]).days < 1130:
        return None
    return days[0], days[1]


def pieces(
    draft: TypedRows, columns_found: Invoices, source: str, earlier: Mapping[str, Piece]
) -> tuple[list[Piece], list[str], int]:
    """Return the payments in the invoices, the ids of void ones, and how many rows repeat another.

    Void and draft invoices, and charges that do not recur, are left out and counted. Credits are taken off.

    Args:
        draft: the invoices, typed.
        columns_found: which columns hold what.
        source: the list that they come from.
        earlier: the payments of earlier loads, by id.
    """
    count = len(draft)
    cells = {
        part: missing.without_missing(arrays.whole(draft.block.rows.column(at)), missing.NO_VALUE).to_pylist()
        for part, at in columns_found.places.items()
    }
    none: list[str | None] = [None] * count
    column = {name: values.to_pylist() for name, values in draft.columns.items()}
    names_of, refs = column.get("account_name", none), column.get("account_ref", none)
    left: Counter[str] = Counter()
    pieces_by_key: dict[str, Piece] = {}
    void: list[str] = []
    same_again = keys.repeats(keys.trimmed(draft.block.rows)) > 0
    nth: Counter[str] = Counter()
    repeated = 0
    credits: list[Credit] = []
    order = readers.order_of("", pa.array(_days_in(cells), pa.string()), draft.context.options)
    for at in np.flatnonzero(~draft.faults.rejected).tolist():
        number, text = cells.get("number", none)[at], cells.get("text", none)[at] or ""
        reference, kind = cells.get("reference", none)[at] or "", cells.get("type", none)[at]
        plan = column.get("plan", none)[at]
        stream = column.get("subscription_id", none)[at] or plan
        account = refs[at] or (names.account_key(names_of[at] or "") or None)
        if account is None:
            left["no customer name"] += 1
            continue
        start, amount = column["start_date"][at], column["amount"][at]
        if number and same_again[at]:
            repeated += 1
            draft.faults.add(np.array([at]), "", [number], "Duplicate invoice.", "Nothing to do.", False)
            continue
        head = f"invoice|{number or account}|{stream or ''}|{text if number else start}"
        nth[head] += 1
        key = head if nth[head] == 1 else f"{head}|{nth[head]}"
        state = names.folded(cells.get("status", none)[at] or "")
        why = "void or draft" if state in invoice_words.OUT else "zero" if amount == 0 else ""
        if not why and (amount < 0 or is_credit_note(kind, number, text)):
            texts = tuple(part for part in (text, reference, number, plan) if part)
            credits.append(Credit(at, account, number or "", texts, start, abs(amount)))
            void.append(key)
            continue
        words = " ".join(part for part in (text, reference, plan, column.get("billing", none)[at]) if part)
        if not why and (intervals.is_once(words) or invoice_words.SERVICES.search(names.folded(words))):
            why = "non-recurring charges"
        if why:
            left[why] += 1
            void.append(key)
            continue
        end = column["end_date"][at]
        if end is None and (span := _span_in(words, order)):
            start, end = span[0], _day_after(*span)
        series = f"{account}-{stream}" if stream else account
        pieces_by_key[key] = Piece(
            key, series, source, "invoice", refs[at], names_of[at], plan, start, end, amount,
            None if end else intervals.named(words) or None,
        )  # fmt: skip
    settled = settle(pieces_by_key, credits, earlier)
    if settled.cancelled:
        invoices = plural(len(settled.cancelled), "invoice was", "invoices were")
        draft.assumptions.append(f"{invoices} excluded: cancelled by a credit note.")
    if settled.lowered:
        lines = plural(settled.lowered, "negative amount lowers", "negative amounts lower")
        draft.assumptions.append(f"{lines} the invoice they belong to.")
    void += settled.cancelled
    left = Counter({"credits": len(settled.alone)} if settled.alone else {}) + left
    for why, many in left.items():
        draft.assumptions.append(f"{many:,} of {count:,} rows {'was' if many == 1 else 'were'} excluded: {why}.")
    return list(settled.pieces.values()), void, repeated


def _days_in(cells: Mapping[str, list[str | None]]) -> list[str]:
    """The days that descriptions and references name, to see whether day or month comes first in them."""
    return [day for part in ("text", "reference") for text in cells.get(part, ()) for day in _DAYS.findall(text or "")]
