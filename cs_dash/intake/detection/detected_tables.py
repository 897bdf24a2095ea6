"""A list that was detected, with the table that it feeds and the sheet that it comes from."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cs_dash.intake import vendors
from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.results import layouts
from cs_dash.intake.results.layouts import Layout, TextFormat
from cs_dash.intake.results.matches import TableGuess
from cs_dash.intake.results.problems import Columns, IgnoredSheet, LoadContext, LoadedTable
from cs_dash.intake.results.sheets import Block, Sheet, column_list
from cs_dash.schema.tables import title_of


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
        parts += [f"missing: {removed}"] if removed else []
        return [f"Mapped as an earlier version of this sheet; its columns have changed ({'; '.join(parts)})."]


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
            return f"Read as {title}, your choice."
        return f"Read as {title} because of {words}."
