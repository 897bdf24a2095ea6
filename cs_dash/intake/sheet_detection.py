"""From files to detected tables: where the table is in each sheet, what was decided about it, and what it feeds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace

from cs_dash.intake import vendors
from cs_dash.intake.cells import arrays, missing
from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.detection import chosen_fields, header, merged_rows, regions, tables
from cs_dash.intake.detection.carried import carried_down
from cs_dash.intake.formats import files
from cs_dash.intake.formats.isolated_reader import IsolatedReader
from cs_dash.intake.results import layouts
from cs_dash.intake.results.layouts import Layout, LayoutMemory, TextFormat
from cs_dash.intake.results.matches import TableGuess
from cs_dash.intake.results.pace import RowProgress
from cs_dash.intake.results.problems import Columns, IgnoredSheet, InputFile, LoadContext, LoadedTable
from cs_dash.intake.results.sheets import Block, Sheet, column_list
from cs_dash.intake.rows import row_typing
from cs_dash.intake.shapes import sheet_parts, snapshots, yearless_days
from cs_dash.intake.workbooks import examples, rejects
from cs_dash.schema import names
from cs_dash.schema.tables import title_of

AS_TEXT = ("encoding", "delimiter")
"""Options for turning a text file into cells: they apply before its columns are known."""


@dataclass(frozen=True)
class Origin:
    """The sheet that a part comes from, as its file has it.

    Attributes:
        columns: its columns with examples.
        layout: what was decided about it.
        context: what is known, with that.
        mended: it holds rows that an earlier load rejected.
        text: how a text file became cells; None for everything else.
        rows: how many rows it has.
    """

    columns: Columns
    layout: Layout | None
    context: LoadContext
    mended: bool
    text: TextFormat | None
    rows: int

    def stamp(self, table: LoadedTable) -> LoadedTable:
        """Return what the sheet gave to a table, with the sheet that it comes from."""
        # A few corrected rows are not an edition of the whole list: rows missing from them are not gone.
        missing = "keep" if self.mended else self.context.options.get("missing", "")
        signature = layouts.signature(name for name, _ in self.columns)
        return replace(
            table, columns=self.columns, decided=self.layout, layout=signature, missing=missing, text=self.text,
            sheet_rows=self.rows,
            assumptions=(*table.assumptions, *self._remembered()),
        )  # fmt: skip

    def stamp_ignored(self, ignored: IgnoredSheet) -> IgnoredSheet:
        """Return a part that was set aside, with the sheet that it comes from."""
        return replace(ignored, columns=self.columns, text=self.text)

    def _remembered(self) -> list[str]:
        """Notes on earlier decisions that apply here."""
        layout = self.layout
        if layout is None or not (layout.removed_columns or layout.added_columns):
            return []
        added, removed = column_list(layout.added_columns), column_list(layout.removed_columns)
        parts = [f"new: {added}"] if added else []
        parts += [f"no longer there: {removed}"] if removed else []
        return [f"Read as decided for an earlier edition of this sheet; its columns changed ({'; '.join(parts)})."]


@dataclass(frozen=True)
class DetectedTable:
    """A list with the table that it feeds."""

    sheet: Sheet
    block: Block
    guess: TableGuess
    profiles: tuple[Profile, ...]
    origin: Origin

    @property
    def evidence(self) -> str:
        """Why it is read as that table, as a sentence."""
        table = self.guess.table
        title = title_of(table.name).lower()
        telling = sorted(self.guess.matches, key=lambda m: -m.confidence * m.weight)[:4]
        words = ", ".join(self.block.names[match.column] for match in telling)
        export = vendors.export_of(tuple(self.block.names))
        if export is not None and export.table == table.name:
            return f"Read as {title}: it is {export.title} ({', '.join(export.telling[:4])})."
        if self.origin.context.as_table or not words:
            return f"Read as {title} as you said."
        return f"Read as {title} because of {words}."


Detection = DetectedTable | tuple[sheet_parts.ShapedPart, Origin] | IgnoredSheet


def located_tables(
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
    layout = recall.of(block.names)
    return {name: layout.options[name] for name in AS_TEXT if name in layout.options} if layout else {}


def _decided(context: LoadContext, layout: Layout | None) -> LoadContext:
    """Return the context with what was decided about the sheet's columns; the options of this load come first."""
    if layout is None:
        return context
    columns_chosen = {names.key(column) for column in context.mapping}
    mapping = {column: field for column, field in layout.mapping.items() if names.key(column) not in columns_chosen}
    return replace(
        context, as_table=context.as_table or layout.table or None, mapping={**mapping, **context.mapping},
        options={**layout.options, **context.options},
    )  # fmt: skip


def detections_of(
    sheet: Sheet, block: Block | None, load_context: LoadContext, recall: LayoutMemory
) -> Iterator[Detection]:
    """Yield what a sheet is: the parts that its shape explains, else the table that its columns fill best."""
    if examples.explains(sheet.grid):
        yield IgnoredSheet(sheet.file, sheet.name, "It explains the template and holds no data.")
        return
    if block is None:
        why = "It is empty." if header.is_blank(sheet.grid) else "It holds a title or a single row, and no table."
        yield IgnoredSheet(sheet.file, sheet.name, why)
        return
    block, left_out = examples.without(block)
    if left_out and not block.rows.num_rows:
        yield IgnoredSheet(sheet.file, sheet.name, "It holds only the examples of the template.")
        return
    if not block.rows.num_rows:
        why = f"It has column names ({column_list(block.names)}) and no rows."
        yield IgnoredSheet(sheet.file, sheet.name, why)
        return
    layout = recall.of(block.names)
    context = _decided(load_context, layout)
    block = yearless_days.completed(sheet, block, context)
    profiles = tuple(tables.profiles_of(block, context.accounts))
    columns = tuple(zip(block.names, (profile.examples for profile in profiles), strict=True))
    origin = Origin(columns, layout, context, rejects.MENDED in block.notes, sheet.text, block.rows.num_rows)
    if layout is not None and layout.table == layouts.SET_ASIDE and not context.as_table:
        why = f"You set aside sheets with these columns ({column_list(block.names)}). Choose a table to load it."
        yield origin.stamp_ignored(IgnoredSheet(sheet.file, sheet.name, why))
        return
    errors = arrays.map_columns(lambda column: missing.errors(arrays.whole(column)), block.rows.columns)
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
