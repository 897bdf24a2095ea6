"""The tables that parts of sheets give: months, invoices, plain tables."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePath

import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake import vendors
from cs_dash.intake.cells import arrays, periods
from cs_dash.intake.cells.column_periods import column_period, is_bare, is_fiscal
from cs_dash.intake.cells.dates import month_number
from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.results.matches import ColumnMatch, TableGuess
from cs_dash.intake.results.problems import ColumnMapping, IgnoredSheet, LoadContext, LoadedTable, UnusedColumn
from cs_dash.intake.results.sheets import column_list
from cs_dash.intake.rows import row_typing, vendor_habits
from cs_dash.intake.rows.typed_rows import TypedRows
from cs_dash.intake.rows.unused_columns import unused_columns
from cs_dash.intake.shapes import invoices, monthly, movement_pieces, movements
from cs_dash.intake.shapes.invoices import Invoices
from cs_dash.intake.shapes.ledger import REVENUE_SOURCES, Ledger
from cs_dash.intake.shapes.ledger import contract_lines as ledger_fed
from cs_dash.intake.shapes.movements import MovementList
from cs_dash.intake.shapes.period_groups import Monthly, year_of
from cs_dash.intake.shapes.sheet_parts import PLAIN_HINT, ShapedPart
from cs_dash.look.words import plural
from cs_dash.schema import names
from cs_dash.schema.tables import TABLES
from cs_dash.store.tables import PLAIN, TableRows

_OF_PAYMENTS = {"mrr", "arr", "amount", "billing", "start_date", "end_date", "renewal_date"}
"""Fields of contract lines that a list of payments tells by itself."""


def rank(part: ShapedPart) -> tuple[int, date]:
    """Return the order of reading: months before invoices, earlier months before later ones."""
    if isinstance(part.content, Monthly):
        return 0, min(part.content.months.values())
    return 1, date.min


def typed_part(part: ShapedPart, context: LoadContext) -> TypedRows | IgnoredSheet:
    """Return the rows of months or invoices, typed; why not where no column names the customer."""
    if isinstance(part.content, Invoices):
        return invoices.rows(part.content, part.block, part.sheet, context, part.profiles)
    if isinstance(part.content, MovementList):
        moved = movements.rows(part.content, part.block, part.sheet, context, part.profiles)
        vendor_habits.apply(moved)
        return moved
    assert part.content is not None
    draft = monthly.rows(part.content, part.block, part.sheet, context, part.profiles)
    if draft is None:
        months = part.content.range_text(part.block)
        why = f"It has a column per {part.content.noun} ({months}), but no column names the customer. {PLAIN_HINT}"
        return IgnoredSheet(part.sheet.file, part.sheet.name, why)
    return draft


def read(part: ShapedPart, draft: TypedRows, tables: set[str], ledger: Ledger) -> LoadedTable | IgnoredSheet:
    """Return what months or invoices give; the reason where another source of revenue is loaded already.

    Args:
        part: the part of the sheet.
        draft: its rows, their money in the reporting currency.
        tables: the tables that lists of the load feed by themselves.
        ledger: what is known of payments.
    """
    if part.table == "usage":
        assert isinstance(part.content, Monthly)
        return _usage(part, part.content, draft)
    kind_read = {Invoices: "invoice", MovementList: "movement"}.get(type(part.content), "month")
    other_sources = [REVENUE_SOURCES[kind] for kind in sorted(ledger.kinds - {kind_read})]
    if "subscriptions" in tables or draft.context.has_subscriptions:
        other_sources.append("separate contract lines")
    if other_sources and draft.context.as_table is None:
        why = (
            f"It looks like {REVENUE_SOURCES[kind_read]}, but {' and '.join(other_sources)} already provide the "
            f"revenue; both together would count it twice. To add it anyway, choose Subscriptions under “Read as”. "
            f"{PLAIN_HINT}"
        )
        return IgnoredSheet(part.sheet.file, part.sheet.name, why)
    source = periods.source(part.sheet.file, part.sheet.name)
    if isinstance(part.content, Monthly):
        return _revenue(part, part.content, draft, source, ledger)
    if isinstance(part.content, MovementList):
        return _movements(part, draft, source, ledger)
    return _invoices(part, draft, source, ledger)


def _usage(part: ShapedPart, group: Monthly, draft: TypedRows) -> LoadedTable:
    used_rows = monthly.usage(draft, group)
    guess = TableGuess(used_rows.table, (), 4.0, ())
    table = row_typing.finish(used_rows, guess, _own_profiles(part, used_rows), _because(part, group))
    matches = monthly.matches(used_rows, part.block, group)
    return replace(
        table, mapped=_mapped(part, matches), unmapped=(), confidence=_confidence(group),
        assumptions=(
            *table.assumptions,
            f"{group.range_text(part.block)}: {used_rows.block.rows.num_rows:,} cells became a row each.",
        ),
    )  # fmt: skip


def _revenue(part: ShapedPart, group: Monthly, draft: TypedRows, source: str, ledger: Ledger) -> LoadedTable:
    month_pieces = monthly.pieces(draft, source, group.length)
    lines = ledger.record(month_pieces, group.months.values())
    first = next(iter(group.months.values()))
    paying = sum(1 for piece in month_pieces if piece.amount)
    draft.assumptions.append(
        f"{plural(paying, f'paid {group.noun}')} ({group.range_text(part.block)}) became "
        f"{plural(len(lines), 'contract line')}: "
        f"consecutive {group.noun}s with the same amount form one, and a {group.noun} with 0 or no amount counts as "
        "unpaid."
    )
    if early := sum(1 for line in lines if line.start_date == first):
        start = plural(early, "line starts", "lines start")
        draft.assumptions.append(f"{start} in the first {group.noun}, {first:%Y-%m}: the true start is unknown.")
    draft.assumptions += _readings(part, group, draft.context)
    matches = monthly.matches(draft, part.block, group)
    draft.block = replace(draft.block, notes=part.block.notes)
    used = {match.column for match in matches}
    used |= {at for at, name in enumerate(part.block.names) if column_period(name, year=2000)}
    table = ledger_fed(draft, lines, _mapped(part, matches), _confidence(group), _because(part, group))
    return replace(table, unused=_unused(part, draft, used))


def _readings(part: ShapedPart, group: Monthly, context: LoadContext) -> list[str]:
    """How the amounts and the names of columns of periods were read, as far as it is not plain."""
    readings = []
    if group.unit == "year":
        readings.append("The amounts are annual: MRR is one twelfth.")
    elif group.unit == "period" and group.length > 1:
        readings.append(f"The amounts are the revenue of a {group.noun}: MRR is 1/{group.length} of them.")
    if group.length > 1 and group.unit != "period":
        readings.append(f"The amounts are the MRR at the end of each {group.noun}; they count from its first day.")
    names = [part.block.names[at] for at in group.periods]
    if any(map(is_bare, names)):
        where = year_of(part.sheet, part.block, context)[1]
        readings.append(f"{names[0]} to {names[-1]} state no year: {_dated(group)} is assumed, {where}.")
    if is_fiscal((*names, *part.block.title)):
        start = month_number(context.options.get("fiscal_year", "")) or 1
        begin = f"Fiscal years are assumed to begin in {calendar.month_name[start]}"
        readings.append(f"{begin}: {names[0]} begins on {next(iter(group.months.values()))}.")
    if group.ahead:
        readings.append(f"{column_list(group.ahead)} are in the future and were left out.")
    return readings


def _dated(group: Monthly) -> str:
    firsts = list(group.months.values())
    return f"{firsts[0]:%Y-%m} to {firsts[-1]:%Y-%m}"


def _movements(part: ShapedPart, draft: TypedRows, source: str, ledger: Ledger) -> LoadedTable:
    assert isinstance(part.content, MovementList)
    lines = ledger.record(movement_pieces.pieces(draft, source, is_change=part.content.is_change))
    mapped = row_typing.mapped_by(draft, [m for m in draft.matches if m.column < len(part.profiles)], part.profiles)
    used = {match.column for match in draft.matches} | part.content.places
    unmapped = tuple(name for at, name in enumerate(part.block.names) if at not in used)
    export = vendors.export_of(part.block.names)
    source_text = (
        f"it is {export.title}" if export else column_list([part.block.names[at] for at in sorted(part.content.places)])
    )
    why = f"Read as MRR movements, which imply contracts: {source_text}."
    return replace(ledger_fed(draft, lines, mapped, 0.9, why, 0, unmapped), unused=_unused(part, draft, used))


def _invoices(part: ShapedPart, draft: TypedRows, source: str, ledger: Ledger) -> LoadedTable:
    assert isinstance(part.content, Invoices)
    invoice_pieces, void, repeated = invoices.pieces(draft, part.content, source, ledger.pieces)
    lines = ledger.record(invoice_pieces, void=void)
    by_period = sum(1 for piece in invoice_pieces if piece.ends)
    by_words = sum(1 for piece in invoice_pieces if not piece.ends and piece.months)
    unknown = sum(1 for line in lines if line.mrr is None)
    running = sum(1 for line in lines if line.end_date is None) - unknown
    draft.assumptions += [
        f"{plural(len(invoice_pieces), 'invoice')} became {plural(len(lines), 'contract line')}: consecutive invoices "
        "with the same monthly amount form one line, and MRR is the amount divided by the months of the period.",
        *_periods_told(by_period, by_words, len(invoice_pieces) - by_period - by_words - unknown),
    ]
    if running:
        draft.assumptions.append(
            f"{plural(running, 'line is', 'lines are')} still active: on the date of the newest invoice the next one "
            "was not overdue by more than half a period. The others ended with their last period."
        )
    if unknown:
        alone = plural(unknown, "invoice states no period and gives", "invoices state no period and give")
        draft.assumptions.append(f"{alone} no MRR.")
    used = {match.column for match in draft.matches}
    other = {
        at
        for invoice_part, at in part.content.places.items()
        if invoice_part not in ("net", "amount", "date", "from", "to")
    }
    unmapped = tuple(name for at, name in enumerate(draft.block.names) if at not in used | other)
    why = _invoice_evidence(part)
    mapped = row_typing.mapped_by(draft, draft.matches, part.profiles)
    table = ledger_fed(draft, lines, mapped, 0.85, why, repeated, unmapped)
    return replace(table, unused=_unused(part, draft, used | set(part.content.places.values())))


def _periods_told(dated: int, worded: int, guessed: int) -> list[str]:
    """What tells how long invoices are for, as a sentence: their dates, words, or how far apart they lie."""
    sources = ((dated, "dates"), (worded, "words"), (guessed, "the gaps between a customer's invoices"))
    listed = [f"{source} for {plural(count, 'invoice')}" for count, source in sources if count > 0]
    return [f"The period comes from {', '.join(listed)}."] if listed else []


def _unused(part: ShapedPart, draft: TypedRows, used: Collection[int]) -> tuple[UnusedColumn, ...]:
    """The columns that say nothing of the payments in a list of them; who pays, when and how much is known."""
    filled = {match.field.name for match in draft.matches} | _OF_PAYMENTS
    left_out = [column for column, name in draft.context.mapping.items() if not name]
    return unused_columns(part.block, part.profiles, used, TABLES["subscriptions"], filled, left_out)


def _invoice_evidence(part: ShapedPart) -> str:
    assert isinstance(part.content, Invoices)
    names = ", ".join(part.block.names[at] for at in sorted(set(part.content.places.values()))[:6])
    return f"Read as invoices, which imply contracts, because of {names}."


def _because(part: ShapedPart, group: Monthly) -> str:
    measure = "revenue" if group.table == "subscriptions" else "usage"
    noun = group.noun
    return f"Read as {measure} {noun} by {noun}: {len(group.months)} columns are {noun}s ({group.because})."


def _confidence(group: Monthly) -> float:
    return 1.0 if group.because == "your choice" else 0.85


def _mapped(part: ShapedPart, matches: Sequence[ColumnMatch]) -> tuple[ColumnMapping, ...]:
    whole = TypedRows(TABLES["subscriptions"], part.block, part.sheet, LoadContext(date.min))
    return row_typing.mapped_by(whole, matches, part.profiles)


def _own_profiles(part: ShapedPart, draft: TypedRows) -> list[Profile]:
    places = {name: at for at, name in enumerate(part.block.names)}
    return [part.profiles[places[name]] for name in draft.block.names]


def plain(part: ShapedPart) -> LoadedTable:
    """Return the rows of a sheet as they are, text in every cell, for a table named after file and sheet."""
    own = names.folded(" ".join((PurePath(part.sheet.file).stem, part.sheet.name))).replace(" ", "_")
    columns = {name: arrays.whole(part.block.rows.column(at)) for at, name in enumerate(part.block.names)}
    rows = pa.table({name: pc.if_else(pc.equal(cells, ""), pa.scalar(None, pa.string()), cells)
                     for name, cells in columns.items()})  # fmt: skip
    rows = rows.append_column("_row", pa.array(part.block.row_numbers, pa.int64()))
    why = "Stored as a plain table, your choice: no metric uses it."
    return LoadedTable(
        part.sheet.file, part.sheet.name, PLAIN,
        TableRows(PLAIN, rows, part.sheet.upload, name=f"{PLAIN}_{own}"), rows.num_rows, 0, 0,
        assumptions=(*part.block.notes, *part.sheet.all_notes), unmapped=part.block.names, evidence=why,
    )  # fmt: skip
