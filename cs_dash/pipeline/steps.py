"""The steps of a load on a version in the making."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any

from cs_dash.errors import BadInput
from cs_dash.intake.cells import periods
from cs_dash.intake.ingest import read
from cs_dash.intake.matching import match
from cs_dash.intake.matching.account_decision import AccountDecision
from cs_dash.intake.results.pace import Pace
from cs_dash.intake.results.problems import IngestResult, InputFile, LoadContext, LoadedTable
from cs_dash.intake.results.reports import LoadReport, MissingRows, SheetReport
from cs_dash.intake.rows.rates import crossed
from cs_dash.metrics import ROLLUPS
from cs_dash.pipeline.load_options import LoadOptions
from cs_dash.schema.tables import TABLES
from cs_dash.store.builder import Builder
from cs_dash.store.tables import PLAIN, Counts, TableRows
from cs_dash.store.workspace import Upload
from cs_dash.tickets.classifier.column_kinds import kinds_from_columns

COUNTS = ("read", "loaded", "updated", "unchanged", "rejected", "duplicates")
SAME_ROWS = 0.5
"""Share of an earlier edition's rows that must be there again before those that lack are asked about."""


def fed(builder: Builder, uploads: Sequence[Upload], how: LoadOptions, pace: Pace) -> tuple[IngestResult, LoadReport]:
    """Read files into the version and return what they gave, and what became of it."""
    pace("Reading the files", 0.1)
    context = _load_context(builder, how)
    reading = read([InputFile(upload.name, upload.path, upload.id) for upload in uploads], context, pace)
    pace("Comparing with the loaded data", 0.5)
    reports = _upserted(builder, reading.tables, dry_run=how.dry_run)
    return reading, LoadReport(None, reports, reading.ignored, _lacking(builder, reading.tables, reports))


def matched(builder: Builder, reading: IngestResult, decisions: Sequence[AccountDecision]) -> None:
    """Put what is told of payments in its place, and find the account of every row."""
    builder.remove("subscriptions", reading.outdated)
    if reading.history is not None:
        builder.rewrite("contract_pieces", reading.history)
    match(builder, decisions)
    builder.plain.describe_accounts()


def added_up(builder: Builder, *, kinds_anew: bool) -> None:
    """Build the rollups; tickets that were there before get their kinds anew, as other words may tell them now."""
    if kinds_anew:
        tickets = builder.query("select ticket_id, type, tags, status from tickets")
        builder.replace("tickets", kinds_from_columns(tickets), "ticket_id")
    builder.roll_up(ROLLUPS)


def _with_kinds(incoming: TableRows) -> TableRows:
    """Give tickets their kinds before they are stored; a kind never makes a row "changed"."""
    if incoming.table != "tickets":
        return incoming
    kind_columns = kinds_from_columns(incoming.rows).drop_columns(["ticket_id"])
    rows = incoming.rows
    for name in kind_columns.column_names:
        rows = rows.append_column(name, kind_columns[name])
    return replace(incoming, rows=rows, assumed=incoming.assumed | set(kind_columns.column_names))


_FACTS = """
select
  coalesce(
    (select arg_min(currency, version) from load_reports where currency is not null),
    (select mode(currency) from subscriptions)
  ) as currency,
  exists (from accounts) as accounts,
  exists (
    from churn_events where not coalesce(assumed, false) and churn_id is distinct from account_ref || '-churn'
  ) as churn,
  exists (
    with made as (
      select series || '-' || strftime(starts, '%Y-%m') as id from contract_pieces
      union select series || '-' || strftime(starts, '%Y-%m-%d') from contract_pieces
      union select account_id || '-assumed' from accounts
    )
    from subscriptions s where not coalesce(assumed, false) and s.subscription_id not in (select id from made)
      and regexp_replace(s.subscription_id, '-\\d+$', '') not in (select id from made)
  ) as lines
"""


def _load_context(builder: Builder, how: LoadOptions) -> LoadContext:
    """Return what the rows so far tell the reader. Raises BadInput for another currency than theirs."""
    context = LoadContext(
        loaded_on=how.today,
        currency=how.currency,
        rates=crossed(how.quotes, how.currency),
        quotes=tuple(how.quotes),
        uncoded=how.uncoded,
        quoted=how.quoted,
        as_table=how.as_table,
        mapping=how.mapping,
        options=({"fiscal_year": how.fiscal_year} if how.fiscal_year else {}) | dict(how.options),
        layouts=how.layouts,
    )
    return context if builder.is_empty else _with_rows(context, builder)


def _with_rows(context: LoadContext, builder: Builder) -> LoadContext:
    """Add to what is known what rows say that are there."""
    (facts,) = builder.rows(_FACTS)
    currency, currency_option = facts["currency"] or context.currency, context.options.get("currency", "").upper()
    if facts["currency"] and currency_option not in ("", facts["currency"]):
        raise BadInput(
            "Another currency",
            f"Could not load in {currency_option} because the loaded rows are in {facts['currency']}.",
            f"Leave the option out, or change the reporting currency first: settings currency={currency_option}.",
        )
    rows = builder.rows("select currency, rate_on, rate, quoted_in from fx_rates")
    quotes = (*context.quotes, *((*row.values(),) for row in rows))
    names = builder.query(
        "select account_id as name from accounts union select account from accounts"
        " union select external_id from accounts union select account_ref"
        " from subscriptions union select account_name from subscriptions"
    )["name"]
    return replace(
        context,
        currency=currency,
        rates=crossed(quotes, currency),
        quotes=quotes,
        accounts=frozenset(name for name in names.to_pylist() if name),
        has_accounts=facts["accounts"],
        has_churn_events=facts["churn"],
        has_subscriptions=facts["lines"],
        history=builder.query("from contract_pieces"),
        newest=_newest(builder),
    )


def _newest(builder: Builder) -> dict[str, dt.date]:
    """Return the newest month that snapshots of each list told of."""
    newest: dict[str, dt.date] = {}
    for row in builder.rows("select file, sheet, period from load_reports where period is not null"):
        source = periods.source(row["file"], row["sheet"])
        newest[source] = max(newest.get(source, dt.date.min), row["period"].replace(day=1))
    return newest


def _upserted(builder: Builder, tables: Iterable[LoadedTable], *, dry_run: bool) -> tuple[SheetReport, ...]:
    """Upsert every sheet's rows, accounts first, and return the reports in the order of the files.

    In a dry run the last sheet of each table is only counted: nobody will ask for its rows.
    """
    order = [*TABLES, PLAIN]
    counts: dict[int, Counts] = {}
    listed = list(tables)
    last = {table.table: index for index, table in enumerate(listed)} if dry_run else {}
    for index, table in sorted(enumerate(listed), key=lambda pair: order.index(pair[1].table)):
        if table.table == PLAIN:
            counts[index] = builder.plain.keep(table.rows, table.file, table.sheet)
        elif last.get(table.table) == index:
            counts[index] = builder.upsert(table.rows, table.layout, table.unusable, count_only=True)
        else:
            counts[index] = builder.upsert(_with_kinds(table.rows), table.layout, table.unusable)
    return tuple(
        SheetReport(
            file=table.file,
            sheet=table.sheet,
            table=table.table,
            read=table.read,
            loaded=counts[index].loaded,
            updated=counts[index].updated,
            unchanged=counts[index].unchanged,
            rejected=table.rejected,
            duplicates=table.duplicates,
            problems=table.problems,
            assumptions=table.assumptions,
            mapped=table.mapped,
            unmapped=table.unmapped,
            confidence=table.confidence,
            evidence=table.evidence,
            columns=table.columns,
            decided=table.decided,
            text=table.text,
            unused=table.unused,
            sheet_rows=table.sheet_rows,
        )
        for index, table in enumerate(listed)
    )


def _lacking(
    builder: Builder, tables: Sequence[LoadedTable], reports: Sequence[SheetReport]
) -> tuple[MissingRows, ...]:
    """Return what earlier editions of the sheets had and these lack; what was said to be gone is removed."""
    again: dict[tuple[str, str], int] = defaultdict(int)
    sheets: dict[tuple[str, str], LoadedTable] = {}
    columns = {loaded.layout: tuple(name for name, _ in loaded.columns) for loaded in tables if loaded.columns}
    for loaded, report in zip(tables, reports, strict=True):
        again[loaded.table, loaded.layout] += report.updated + report.unchanged
        sheets[loaded.table, loaded.layout] = loaded
    lacking_rows = []
    for (table, layout), loaded in sheets.items():
        if table == PLAIN or loaded.rows.older:
            continue
        gone = loaded.missing == "gone"
        rows, examples = builder.lacking(table, layout, remove=gone)
        # Files that share few rows with those before bring the next period; nobody takes the last one to be gone.
        alike = again[table, layout] >= SAME_ROWS * (rows + again[table, layout])
        if rows and (gone or alike):
            lacking_rows.append(
                MissingRows(
                    table, columns.get(layout, ()), rows, again[table, layout], tuple(examples), gone,
                    not loaded.missing,
                )
            )  # fmt: skip
    return tuple(lacking_rows)


def record(builder: Builder, report: LoadReport, reading: IngestResult, number: int, loaded_on: dt.date) -> None:
    """Write the report into the version itself, so that the Loads page and a backup have it."""
    gone = {table.table: table.rows for table in report.lacking if table.gone}
    reports, problems, unused = [], [], []
    for sheet, table in zip(report.files, reading.tables, strict=True):
        head = {"version": number, "file": sheet.file, "sheet": sheet.sheet, "table_name": sheet.table}
        counts = {name: getattr(sheet, name) for name in COUNTS}
        facts = {"loaded_on": loaded_on, "upload": table.rows.upload, "assumptions": list(sheet.assumptions)}
        facts |= {"currency": reading.currency, "layout": table.layout, "gone": gone.pop(sheet.table, 0)}
        reports.append(head | counts | facts | {"period": table.period, "sheet_rows": table.sheet_rows})
        problems += [
            head
            | {"row": p.row, "column_name": p.column, "value": p.value, "what": p.what, "advice": p.advice}
            | {"fatal": p.fatal}
            for p in sheet.problems
        ]
        unused += [
            head
            | {"column_name": c.column, "holds": c.holds, "rows": c.rows, "of_rows": c.of}
            | {"fields": list(c.fields), "metrics": list(c.metrics)}
            for c in sheet.unused
        ]
    builder.append("load_reports", reports)
    builder.append("load_problems", problems)
    builder.append("load_unused", unused)


def summary(report: LoadReport, reading: IngestResult, uploads: Iterable[Upload], how: LoadOptions) -> dict[str, Any]:
    """Return what the list of versions keeps of a load: what it shows, and how to do it again."""
    return {
        "uploads": [{"id": entry.id, "name": entry.name} for entry in uploads],
        "files": [
            {"file": sheet.file, "sheet": sheet.sheet, "table": sheet.table}
            | {name: getattr(sheet, name) for name in COUNTS}
            for sheet in report.files
        ],
        "ignored": [asdict(entry) for entry in report.ignored],
        "gone": {entry.table: entry.rows for entry in report.lacking if entry.gone},
        "how": replace(how, layouts=reading.layouts_used).as_dict(),
        "currency": reading.currency,
    }
