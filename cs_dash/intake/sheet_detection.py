"""From files to detected tables: where the table is in each sheet, what was decided about it, and what it feeds.

All sheets of a load are looked at together: what names the customer in one of them names it in the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property

from cs_dash.intake import vendors
from cs_dash.intake.cells import arrays, identity, missing
from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.detection import chosen_fields, header, merged_rows, price_lists, regions, shared_ids, tables
from cs_dash.intake.detection.carried import carried_down
from cs_dash.intake.detection.columns import assign
from cs_dash.intake.detection.detected_tables import DetectedTable, Origin
from cs_dash.intake.formats import files
from cs_dash.intake.formats.isolated_reader import IsolatedReader
from cs_dash.intake.results import layouts
from cs_dash.intake.results.layouts import Layout, LayoutMemory
from cs_dash.intake.results.pace import RowProgress
from cs_dash.intake.results.problems import IgnoredSheet, InputFile, LoadContext
from cs_dash.intake.results.sheets import Block, Sheet, column_list
from cs_dash.intake.rows import row_typing
from cs_dash.intake.shapes import sheet_parts, snapshots, yearless_days
from cs_dash.intake.workbooks import examples, rejects
from cs_dash.schema import names
from cs_dash.schema.tables import TABLES

AS_TEXT = ("encoding", "delimiter")
"""Options for turning a text file into cells: they apply before its columns are known."""
Detection = DetectedTable | tuple[sheet_parts.ShapedPart, Origin] | IgnoredSheet


@dataclass(frozen=True)
class _Look:
    """A sheet with the table in it, and what it was taken for; no sheet where there is nothing more to read."""

    sheet: Sheet | None
    block: Block | None
    results: list[Detection]

    @cached_property
    def customers(self) -> frozenset[str]:
        """What it calls customers, whichever tables it feeds."""
        return _customers(self.results, tuple(TABLES))


def detect_tables(
    input_files: Sequence[InputFile], context: LoadContext, recall: LayoutMemory, progress: RowProgress
) -> list[Detection]:
    """Return what the sheets of the files are, in order, or why one is ignored. See `ingest.read`.

    Sheets that name no customer, or none that is known, are looked at once more with the customers of the others: those
    of the workspace and of lists of accounts, else those of contracts.
    """
    context = replace(context, accounts=frozenset(map(identity.plain_id, context.accounts)))
    looks: list[_Look] = []
    with closing(_located_tables(input_files, context, recall, progress)) as sheets:
        for sheet in sheets:
            if isinstance(sheet, IgnoredSheet):
                looks.append(_Look(None, None, [sheet]))
            else:
                looks.append(_Look(*sheet, list(_detections_of(*sheet, context, recall))))
    looks = _with_prices(looks, context, recall)
    looks = [_with_referenced_ids(look, looks, context, recall) for look in looks]
    everything = [result for look in looks for result in look.results]
    customers = context.accounts | _customers(everything, ("accounts",)) or _customers(everything, ("subscriptions",))
    if customers == context.accounts:
        return everything
    wider = replace(context, accounts=customers)
    return [
        result
        for look in looks
        for result in (
            look.results
            if look.sheet is None or _lists_accounts(look) or customers & look.customers
            else _detections_of(look.sheet, look.block, wider, recall)
        )
    ]


def _is_accounts(result: Detection) -> bool:
    return isinstance(result, DetectedTable) and result.guess.table.name == "accounts"


def _lists_accounts(look: _Look) -> bool:
    return any(map(_is_accounts, look.results))


def _customers(results: Iterable[Detection], of_tables: Sequence[str]) -> frozenset[str]:
    """What parts of sheets call customers, where they feed one of some tables."""
    named: set[str] = set()
    for result in results:
        if isinstance(result, DetectedTable) and result.guess.table.name in of_tables:
            named |= shared_ids.customers(result.block, result.guess.matches)
        elif isinstance(result, tuple) and result[0].table in of_tables:
            part, origin = result
            mapping = origin.context.mapping
            matches = assign(TABLES[part.table], part.block.names, part.profiles, mapping)
            named |= shared_ids.customers(part.block, matches)
    return frozenset(named)


def _with_referenced_ids(look: _Look, looks: Sequence[_Look], context: LoadContext, recall: LayoutMemory) -> _Look:
    """A sheet whose lists of accounts have the id that the other sheets refer to."""
    if len(looks) < 2 and not context.accounts:
        return look
    references = set(context.accounts.union(*(other.customers for other in looks if other is not look)))
    if not _lists_accounts(look):
        return _as_accounts(look, references, context, recall)
    results = [
        replace(
            result,
            guess=shared_ids.with_referenced_id(
                result.guess, result.block, result.profiles, references, result.origin.context.mapping
            ),
        )
        if isinstance(result, DetectedTable) and _is_accounts(result)
        else result
        for result in look.results
    ]
    return replace(look, results=results)


def _with_prices(looks: list[_Look], context: LoadContext, recall: LayoutMemory) -> list[_Look]:
    """The sheets, those without amounts with the prices of a list of plans among them that they refer to."""
    lists = {
        at: plans
        for at, look in enumerate(looks)
        if look.sheet
        and look.block
        and price_lists.may_list_plans(look.results)
        and (plans := price_lists.price_list(look.sheet, look.block))
    }
    looks = list(looks)
    for at, look in enumerate(looks) if lists else ():
        if look.block is None or not any(map(price_lists.lacks_amounts, look.results)):
            continue
        if (priced_block := price_lists.priced(look.block, tuple(lists.values()))) is None:
            continue
        block, plans = priced_block
        assert look.sheet is not None
        looks[at] = replace(look, block=block, results=list(_detections_of(look.sheet, block, context, recall)))
        source = next(at for at, own in lists.items() if own is plans)
        why = f"Its prices were added to the rows of {look.sheet.file}, which refer to it."
        looks[source] = _Look(None, None, [IgnoredSheet(plans.sheet.file, plans.sheet.name, why)])
    return looks


def _as_accounts(look: _Look, references: set[str], context: LoadContext, recall: LayoutMemory) -> _Look:
    """A sheet that fits no table, as a list of accounts where its ids are what the other sheets call customers."""
    if (
        look.sheet is None
        or look.block is None
        or not price_lists.is_refused(look.results)
        or context.as_table
        or len(references) < 2
    ):
        return look
    layout = recall.of(look.block.names)
    if vendors.export_of(tuple(look.block.names)) or (layout and layout.table == layouts.SET_ASIDE):
        return look
    for result in _detections_of(look.sheet, look.block, replace(context, as_table="accounts"), recall):
        if isinstance(result, DetectedTable) and shared_ids.lists(result.guess, result.block, references):
            origin = replace(result.origin, context=replace(result.origin.context, as_table=None))
            return replace(look, results=[replace(result, origin=origin)])
    return look


def _located_tables(
    input_files: Sequence[InputFile], context: LoadContext, recall: LayoutMemory, progress: RowProgress
) -> Generator[tuple[Sheet, Block | None] | IgnoredSheet]:
    """Yield every sheet of the files with the table in it, or why a file or a sheet cannot be read."""
    progress.expect({file.name: file.path.stat().st_size for file in input_files if file.path.exists()})
    with IsolatedReader(progress) as reader:
        reader.expect(files.jobs(input_files, context.options, reader))
        for file in input_files:
            file_sheets = merged_rows.spanned_sheets(files.sheets_or_reason(file, context.options, reader))
            for sheet in regions.split_sheets(file_sheets):
                if isinstance(sheet, IgnoredSheet):
                    yield sheet
                    continue
                block = _block(sheet)
                if block is None or sheet.text is None or sheet.file != file.name:
                    yield sheet, block
                    continue
                sheet = _with_text_columns(sheet, block.names)
                if not (other := _other_text(block, recall)):
                    yield sheet, block
                    continue
                for again in regions.split_sheets(files.sheets_or_reason(file, {**other, **context.options}, reader)):
                    yield (
                        again
                        if isinstance(again, IgnoredSheet)
                        else (_with_text_columns(again, block.names), _block(again))
                    )


def _block(sheet: Sheet) -> Block | None:
    block = header.find(sheet.grid, sheet.first_row)
    return carried_down(rejects.without_reasons(block)) if block is not None else None


def _with_text_columns(sheet: Sheet, columns: Sequence[str]) -> Sheet:
    """Return the sheet of a text file with the columns under which decisions about it are stored."""
    return replace(sheet, text=replace(sheet.text, columns=tuple(columns))) if sheet.text else sheet


def _other_text(block: Block, recall: LayoutMemory) -> dict[str, str]:
    """The options of a text file, where they were decided for files with columns like these."""
    options = layout.options_in_force if (layout := recall.of(block.names)) else {}
    return {name: options[name] for name in AS_TEXT if name in options}


def _decided(context: LoadContext, layout: Layout | None) -> LoadContext:
    """Return the context with what was decided about the sheet's columns; the options of this load come first."""
    if layout is None:
        return context
    columns_chosen = {names.key(column) for column in context.mapping}
    mapping = {column: field for column, field in layout.mapping.items() if names.key(column) not in columns_chosen}
    return replace(
        context, as_table=context.as_table or layout.table or None, mapping={**mapping, **context.mapping},
        options={**layout.options_in_force, **context.options},
    )  # fmt: skip


def _detections_of(
    sheet: Sheet, block: Block | None, load_context: LoadContext, recall: LayoutMemory
) -> Iterator[Detection]:
    """Yield what a sheet is: the parts that its shape explains, else the table that its columns fill best."""
    if examples.explains(sheet.grid):
        yield IgnoredSheet(sheet.file, sheet.name, "It is the template's guide and holds no data.")
        return
    if block is None:
        why = "It is empty." if header.is_blank(sheet.grid) else "It holds a title or a single row, and no table."
        yield IgnoredSheet(sheet.file, sheet.name, why)
        return
    block, left_out = examples.without(block)
    if left_out and not block.rows.num_rows:
        yield IgnoredSheet(sheet.file, sheet.name, "It holds only the template's examples.")
        return
    if not block.rows.num_rows:
        why = f"It has column names ({column_list(block.names)}) but no rows."
        yield IgnoredSheet(sheet.file, sheet.name, why)
        return
    layout = recall.of(block.names)
    context = _decided(load_context, layout)
    block = yearless_days.completed(sheet, block, context)
    profiles = tuple(tables.profiles_of(block, context.accounts))
    columns = tuple(zip(block.names, (profile.examples for profile in profiles), strict=True))
    origin = Origin(columns, layout, context, rejects.MENDED in block.notes, sheet.text, block.rows.num_rows)
    if layout is not None and layout.table == layouts.SET_ASIDE and not context.as_table:
        why = f"You excluded sheets with these columns ({column_list(block.names)}). Choose a table to load it."
        yield origin.stamp_ignored(IgnoredSheet(sheet.file, sheet.name, why))
        return
    errors = arrays.map_columns(
        lambda column: missing.errors(arrays.whole(column)), block.rows.columns, block.rows.num_rows
    )
    sheet = snapshots.dated(replace(sheet, unusable=sum(errors, Counter()) + Counter(sheet.unusable)), context)
    export = vendors.export_of(tuple(block.names))
    parts = (
        []
        if export is not None and not export.shape and not context.as_table
        else sheet_parts.shaped_parts(sheet, block, profiles, context)
    )
    for part in parts:
        if isinstance(part, IgnoredSheet):
            yield origin.stamp_ignored(part)
        elif isinstance(part, sheet_parts.ListPart):
            yield DetectedTable(part.sheet, part.block, part.guess, part.profiles, origin)
        else:
            yield part, origin
    if not parts:
        yield _listed(sheet, block, profiles, origin)


def _listed(sheet: Sheet, block: Block, profiles: tuple[Profile, ...], origin: Origin) -> DetectedTable | IgnoredSheet:
    """Return the table that a sheet's columns fill best, or the reason why they fill none."""
    context = origin.context
    export = vendors.export_of(tuple(block.names))
    mapped_here = {names.key(name) for name in context.mapping} & {names.key(name) for name in block.names}
    if export is not None and not export.table and not context.as_table and not mapped_here:
        return origin.stamp_ignored(IgnoredSheet(sheet.file, sheet.name, f"It is {export.title}. {export.why}"))
    if is_forced := bool(context.as_table):
        guess = tables.forced(block, profiles, context.as_table or "", context.mapping)
    else:
        guess = tables.best(block, profiles, sheet.file, sheet.name, context)
    why = tables.refusal(guess, block, is_forced, profiles)
    why = why or chosen_fields.misplaced(guess.table, block, is_forced, context.mapping)
    if not why:
        return DetectedTable(sheet, block, guess, profiles, origin)
    looks = guess.table.name if context.as_table or guess.score >= tables.ENOUGH else ""
    mapped = row_typing.mapped(guess.matches, block, profiles) if looks else ()
    lacks = tables.missing_fields(guess) if looks else ()
    return origin.stamp_ignored(IgnoredSheet(sheet.file, sheet.name, why, table=looks, mapped=mapped, lacks=lacks))
