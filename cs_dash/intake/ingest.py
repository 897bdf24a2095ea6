"""Files in, typed rows and problems out: the one entry of intake."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.errors import UnknownOption, nearest
from cs_dash.intake.cells.dates import month_number
from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.detection.detected_tables import DetectedTable, Origin
from cs_dash.intake.results.layouts import LayoutMemory
from cs_dash.intake.results.pace import Pace, no_progress
from cs_dash.intake.results.problems import (
    IgnoredSheet,
    IngestResult,
    InputFile,
    LoadContext,
    LoadedTable,
    Rates,
    UnusedColumn,
)
from cs_dash.intake.rows import account_ids, amounts, contract_lines, ends, impossible_values, row_typing
from cs_dash.intake.rows.amount_periods import PERIODS
from cs_dash.intake.rows.rates import Quote, crossed, quoted_in
from cs_dash.intake.rows.typed_rows import TypedRows, constant
from cs_dash.intake.rows.vendor_habits import apply as apply_vendor_habits
from cs_dash.intake.shapes import part_tables, repeated_sheets, reporting_days, snapshots, survey_kinds, wide
from cs_dash.intake.shapes.ledger import Ledger
from cs_dash.intake.shapes.renewal_countdowns import dated_by_countdown
from cs_dash.intake.shapes.sheet_parts import ShapedPart
from cs_dash.intake.sheet_detection import detect_tables
from cs_dash.schema.field_metrics import METRICS, ROWS_OF
from cs_dash.schema.tables import TABLES

__all__ = ["OPTIONS", "IgnoredSheet", "IngestResult", "InputFile", "LoadContext", "LoadedTable", "read"]

OPTIONS: dict[str, str] = {
    "end_date": "inclusive: end dates are the last paid day; exclusive: the first unpaid day; default: inferred "
    "from consecutive contracts",
    "snapshot": "the as-of date of data without dates, as YYYY-MM-DD; default: the end of last month",
    "dates": "dmy or mdy: day or month first in dates such as 3/4/2025; dates:COLUMN for one column",
    "fiscal_year": "the month in which fiscal years start, such as July or 7; default: January",
    "decimal": "comma or point: the decimal sign; decimal:COLUMN for one column",
    "unit": "minutes, hours, days or seconds: the unit of durations if a column has none; unit:COLUMN for one column",
    "survey": "NPS, CSAT or CES: the survey of scores without a survey name; survey:COLUMN for one column",
    "far_dates": "keep: dates far outside all others of their column count; otherwise they are removed",
    "period": "week, month, quarter, half-year, year, term or billing: the period of amounts if their rows "
    "do not state it; period:COLUMN for one column",
    "delimiter": "the character between the cells of a text file: comma, semicolon, tab, pipe or any other",
    "encoding": "the encoding of text files, such as cp1252",
    "currency": "the reporting currency, such as EUR",
    "missing": "gone or keep (the default): what happens to rows of the previous file that this one lacks",
    "year": "the year of columns such as Jan or Q1, if no title, sheet or file name states it",
    "quarters": "mrr or revenue: whether quarterly columns hold the MRR at quarter end or the quarter's revenue",
    "password": "the password of encrypted files; not stored",
}
_FOUND, _TYPED = (0.1, 0.35), 0.5
"""Shares of the time of a load: before and after the files are read, and after their values are typed."""
QUOTED = ["currency", "rate_on", "rate", "quoted_in"]
PER_COLUMN = ("dates", "decimal", "period", "survey", "unit")
"""Options that can be given for one column, as "dates:Signed on"."""
_CHOICES = {
    "end_date": ("inclusive", "exclusive"),
    "dates": ("dmy", "mdy"),
    "decimal": ("comma", "point"),
    "far_dates": ("keep",),
    "survey": ("NPS", "CSAT", "CES"),
    "unit": ("minutes", "hours", "days", "seconds"),
    "missing": ("gone", "keep"),
    "period": (*PERIODS, "term", "billing"),
    "quarters": ("mrr", "revenue"),
}


def _check(context: LoadContext) -> None:
    for name, value in context.options.items():
        option, _, column = name.partition(":")
        if option not in OPTIONS or (column and option not in PER_COLUMN):
            raise UnknownOption("Unknown option", f"Could not use {name}={value} because there is no such option.",
                                nearest(option, OPTIONS))  # fmt: skip
        if option in _CHOICES and value not in _CHOICES[option]:
            raise UnknownOption("Unknown choice", f"Could not use {name}={value} because it is not one of the choices.",
                                nearest(value, _CHOICES[option]))  # fmt: skip
    if not re.fullmatch(r"20\d\d", context.options.get("year", "2000")):
        why = f"Could not use year={context.options['year']} because it is not a year."
        raise UnknownOption("Unknown year", why, "Write it as 2026.")
    if (month := context.options.get("fiscal_year")) is not None and month_number(month) is None:
        raise UnknownOption("Unknown month", f"Could not use fiscal_year={month} because it is not a month.",
                            "Write its name or its number, 1 to 12.")  # fmt: skip
    reporting_days.snapshot_day(context)


def _rates(
    sheets: Sequence[DetectedTable], context: LoadContext, reporting: str | None
) -> tuple[list[LoadedTable], Rates]:
    """Read the sheets of exchange rates, and return them with all rates known after them."""
    tables = []
    quotes: list[Quote] = list(context.quotes)
    rates: dict[str, dict[date, float]] = {code: dict(sheet) for code, sheet in context.rates.items()}
    for sheet in sheets:
        draft = row_typing.type_rows(
            sheet.guess.table, sheet.guess.matches, sheet.block, sheet.sheet, sheet.origin.context
        )
        draft.columns["currency"] = pc.utf8_upper(draft.columns["currency"])
        days = draft.columns["rate_on"].cast(pa.string())
        draft.columns["rate_id"] = pc.binary_join_element_wise(draft.columns["currency"], days, "-")
        not_positive = pc.fill_null(pc.less_equal(draft.columns["rate"], 0.0), False)
        draft.reject(np.flatnonzero(not_positive), "rate", "Exchange rates must be above zero.", "Correct the rate.")
        base = _base(draft, context, reporting)
        draft.columns["quoted_in"] = constant(base, pa.string(), len(draft))
        draft.assumed.add("quoted_in")
        tables.append(sheet.origin.stamp(row_typing.finish(draft, sheet.guess, sheet.profiles, sheet.evidence)))
        quotes += [(*row.values(),) for row in tables[-1].rows.rows.select(QUOTED).to_pylist()]
        for code, dated in crossed(quotes, reporting).items():
            rates[code] = rates.get(code, {}) | dict(dated)
    return tables, {code: tuple(sorted(sheet.items())) for code, sheet in rates.items()}


def _base(draft: TypedRows, context: LoadContext, reporting: str | None) -> str | None:
    """The currency that a sheet's rates are in; one other than the reporting currency is reported."""
    listed: dict[str, list[float]] = {}
    for code, rate in zip(draft.columns["currency"].to_pylist(), draft.columns["rate"].to_pylist(), strict=True):
        listed.setdefault(code, []).append(rate)
    base = quoted_in(listed, (context.quoted, reporting, context.uncoded))
    if base and reporting and base != reporting:
        draft.assumptions.append(f"The rates are quoted in {base}; they were converted to {reporting} at its rate.")
    return base


def _reporting(drafts: Sequence[TypedRows], context: LoadContext) -> tuple[str | None, str]:
    """The currency of the workspace, else the most frequent one, and a note about it."""
    chosen = context.options.get("currency") or context.currency
    if chosen:
        return chosen.upper(), ""
    amounts_by_currency: Counter[str] = Counter()
    for draft in drafts:
        codes = amounts.currencies(draft)
        if codes is not None:
            for pair in pc.value_counts(codes.drop_null()).to_pylist():
                amounts_by_currency[pair["values"]] += pair["counts"]
    if not amounts_by_currency:
        return None, ""
    code = max(sorted(amounts_by_currency), key=lambda code: amounts_by_currency[code])
    return code, f"Money is reported in {code}, the most frequent currency." if len(amounts_by_currency) > 1 else ""


def _complete(
    draft: TypedRows, profiles: Sequence[Profile], reporting: str | None, rates: Rates, has_accounts: bool
) -> None:
    """Derive what the table's own rules ask for."""
    name = draft.table.name
    account_ids.users_are_customers(draft)
    if name == "subscriptions":
        account_ids.name_contracts(draft, has_accounts)
        day = reporting_days.snapshot_day(draft.context, draft.sheet)
        contract_lines.complete(draft, profiles, reporting, rates, day)
    elif name == "accounts":
        amounts.convert(draft, reporting, rates, "", fatal=False)
        if "account_id" not in draft.columns:
            account_ids.name_accounts(draft)
    elif name == "churn_events":
        ends.fill_unknown(draft, "churned_on", reporting_days.snapshot_day(draft.context, draft.sheet))
        if draft.context.uncoded not in (None, reporting):
            # Its amounts name no currency: they are in what the first load was read in.
            amounts.convert(draft, reporting, rates, "churned_on", fatal=False)
    elif name == "usage" and "events" not in draft.columns:
        draft.columns["events"] = constant(1.0, pa.float64(), len(draft))
    elif name == "tickets" and "created_at" not in draft.columns:
        reporting_days.date_tickets(draft)
    elif name == "surveys" and "answered_on" not in draft.columns:
        reporting_days.date_answers(draft)


def read(input_files: Sequence[InputFile], context: LoadContext, pace: Pace | None = None) -> IngestResult:
    """Return what the files give: typed rows per sheet and table, and what was set aside and why.

    Files are read in the order given, sheets of exchange rates first. A file that cannot be read never keeps the
    others from being read. Raises UnknownOption for an option, a choice or a table that does not exist.

    Args:
        input_files: the files.
        context: what is known before.
        pace: takes what is being read and the share that is done; what it raises ends the reading.
    """
    _check(context)
    pace = pace or Pace(no_progress)
    detected: list[DetectedTable] = []
    ignored: list[IgnoredSheet] = []
    shaped: list[tuple[ShapedPart, Origin]] = []
    recall = LayoutMemory(context.layouts)
    for result in detect_tables(input_files, context, recall, pace.reading(*_FOUND)):
        if isinstance(result, IgnoredSheet):
            ignored.append(result)
        elif isinstance(result, DetectedTable):
            detected.append(result)
        else:
            shaped.append(result)
    # Snapshots of the same list are read oldest first, so that the newest one wins.
    lists = sorted((sheet for sheet in detected if sheet.guess.table.name != "fx_rates"), key=_period)
    typed = []
    for at, sheet in enumerate(lists):
        checked = f"{sheet.sheet.file}: {sheet.block.rows.num_rows:,} rows checked"
        pace(checked, _FOUND[1] + (_TYPED - _FOUND[1]) * at / len(lists))
        typed.append(_typed(sheet))
    reporting_days.note_newest(typed)
    repeated_sheets.note(typed)
    for draft in typed:
        dated_by_countdown(draft)
    tables = {sheet.guess.table.name for sheet in lists}
    parts = [
        (part, origin, part_tables.typed_part(part, origin.context))
        for part, origin in shaped
        if part.content is not None
    ]
    ignored += [origin.stamp_ignored(draft) for _, origin, draft in parts if isinstance(draft, IgnoredSheet)]
    drafted = [(part, origin, draft) for part, origin, draft in parts if isinstance(draft, TypedRows)]
    reporting, currency_note = _reporting([*typed, *(draft for _, _, draft in drafted)], context)
    tables_loaded, rates = _rates(
        [sheet for sheet in detected if sheet.guess.table.name == "fx_rates"], context, reporting
    )
    ledger = Ledger(context)
    for part, origin, draft in sorted(drafted, key=lambda sheet: part_tables.rank(sheet[0])):
        amounts.convert(draft, reporting, rates, "start_date", fatal=True)
        table = part_tables.read(part, draft, tables, ledger)
        if isinstance(table, IgnoredSheet):
            ignored.append(origin.stamp_ignored(table))
        else:
            # Contract lines are made from all loads together, so none is missing from a single file.
            tables_loaded.append(replace(origin.stamp(table), layout=""))
    tables |= {part.table for part, _, _ in drafted if part.table == "usage"}
    for sheet, draft in zip(lists, typed, strict=True):
        _complete(draft, sheet.profiles, reporting, rates, context.has_accounts or "accounts" in tables)
        if currency_note and amounts.currencies(draft) is not None:
            draft.assumptions.append(currency_note)
        more = (
            wide.derived(draft, sheet.guess, sheet.profiles, tables, ledger) if draft.table.name == "accounts" else []
        )
        if draft.table.name == "surveys":
            survey_kinds.name_surveys(draft, sheet.profiles)
            tables_loaded += [
                sheet.origin.stamp(row_typing.finish(answers, sheet.guess, sheet.profiles, ""))
                for answers in survey_kinds.more_answers(draft, sheet.profiles)
            ]
        own = sheet.origin.stamp(row_typing.finish(draft, sheet.guess, sheet.profiles, sheet.evidence))
        tables_loaded.append(snapshots.dated_accounts(own, draft, ledger))
        tables_loaded.extend(sheet.origin.stamp(replace(other, unmapped=())) for other in more)
    tables_loaded += [origin.stamp(part_tables.plain(part)) for part, origin in shaped if part.content is None]
    told_once = _columns_once(snapshots.joined(tables_loaded))
    used = tuple(recall.used.values())
    return IngestResult(told_once, tuple(ignored), reporting, used, ledger.rows, ledger.outdated)


def _typed(sheet: DetectedTable) -> TypedRows:
    draft = row_typing.type_rows(sheet.guess.table, sheet.guess.matches, sheet.block, sheet.sheet, sheet.origin.context)
    apply_vendor_habits(draft)
    impossible_values.leave_out(draft)
    return draft


def _period(sheet: DetectedTable) -> date:
    return sheet.sheet.period.day if sheet.sheet.period and sheet.guess.table.name == "accounts" else date.min


def _columns_once(tables: Sequence[LoadedTable]) -> tuple[LoadedTable, ...]:
    """Leave the columns of a sheet with one of the tables it feeds: the accounts where it lists any."""
    first: dict[tuple[str, str], int] = {}
    for at, table in enumerate(tables):
        if (table.file, table.sheet) not in first or table.table == "accounts":
            first[table.file, table.sheet] = at
    chosen = set(first.values())
    # A table whose days were assumed does not tell them.
    fed = {t.table for t in tables if t.table in TABLES and TABLES[t.table].dated not in t.rows.assumed}
    used = {(table.file, table.sheet, column.column) for table in tables for column in table.mapped}
    return tuple(
        replace(table, unused=_still_unused(table, fed, used))
        if at in chosen
        else replace(table, columns=(), decided=None, text=None, unused=())
        for at, table in enumerate(tables)
    )


def _still_unused(
    table: LoadedTable, fed: Collection[str], used: Collection[tuple[str, str, str]]
) -> tuple[UnusedColumn, ...]:
    """The unused columns of a sheet that none of the tables it feeds uses, with the fields that no table tells."""
    columns = []
    for column in table.unused:
        fields = tuple(f for f in column.fields if table.table != "accounts" or ROWS_OF.get(f) not in fed)
        if (table.file, table.sheet, column.column) not in used and (fields or table.table != "accounts"):
            metrics = tuple(dict.fromkeys(METRICS[field] for field in fields))
            columns.append(replace(column, fields=fields, metrics=metrics))
    return tuple(columns)
