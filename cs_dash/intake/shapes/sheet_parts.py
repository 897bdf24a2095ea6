"""The parts of a sheet that its shape explains: months as columns, invoices, snapshots, plain tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.detection import tables
from cs_dash.intake.results.matches import TableGuess
from cs_dash.intake.results.problems import IgnoredSheet, LoadContext
from cs_dash.intake.results.sheets import Block, Sheet
from cs_dash.intake.shapes import invoices, long_lists, monthly, snapshots
from cs_dash.intake.shapes.invoices import Invoices
from cs_dash.intake.shapes.monthly import Monthly
from cs_dash.store.tables import PLAIN

PLAIN_HINT = "It can be kept as it is with --as plain."


@dataclass(frozen=True)
class ShapedPart:
    """A part of a sheet that its shape explains.

    Attributes:
        sheet: the sheet.
        block: its rows.
        profiles: what its columns hold.
        content: the months of one measure, the columns of a list of invoices, or None for a plain table.
    """

    sheet: Sheet
    block: Block
    profiles: tuple[Profile, ...]
    content: Monthly | Invoices | None

    @property
    def table(self) -> str:
        """The table that it feeds."""
        if isinstance(self.content, Monthly):
            return self.content.table
        return PLAIN if self.content is None else "subscriptions"


@dataclass(frozen=True)
class AccountsPart:
    """A part of a sheet that lists accounts: the columns next to its months, or one of its snapshots."""

    sheet: Sheet
    block: Block
    profiles: tuple[Profile, ...]
    guess: TableGuess


SheetPart = ShapedPart | AccountsPart | IgnoredSheet


def shaped_parts(sheet: Sheet, block: Block, profiles: Sequence[Profile], context: LoadContext) -> list[SheetPart]:
    """Return the parts that a sheet's shape explains; none where it is one list, which its columns' names explain."""
    if context.as_table == PLAIN:
        return [ShapedPart(sheet, block, tuple(profiles), None)]
    if context.as_table not in (None, "accounts", "subscriptions", "usage"):
        return []
    if context.as_table != "accounts" and (groups := monthly.find(sheet, block, profiles, context)):
        return _months(sheet, block, profiles, context, groups)
    if context.as_table in (None, "accounts") and (dated_parts := snapshots.parts(sheet, block, profiles, context)):
        return [_accounts(part, rows, context) for part, rows in dated_parts]
    if context.as_table in (None, "subscriptions") and (turned := long_lists.as_columns(block, profiles, context)):
        own = tuple(tables.profiles_of(turned, context.accounts))
        if groups := monthly.find(sheet, turned, own, context):
            return _months(sheet, turned, own, context, groups)
    if context.as_table in (None, "subscriptions"):
        found_invoices = invoices.find(sheet, block, profiles, context)
        if found_invoices is not None:
            return [ShapedPart(sheet, block, tuple(profiles), found_invoices)]
    return []


def _accounts(sheet: Sheet, block: Block, context: LoadContext) -> AccountsPart:
    profiles = tuple(tables.profiles_of(block, context.accounts))
    return AccountsPart(sheet, block, profiles, tables.forced(block, profiles, "accounts", context.mapping))


def _months(
    sheet: Sheet, block: Block, profiles: Sequence[Profile], context: LoadContext, groups: Sequence[Monthly]
) -> list[SheetPart]:
    known_groups = [group for group in groups if group.table]
    parts: list[SheetPart] = [ShapedPart(sheet, block, tuple(profiles), group) for group in known_groups]
    other_columns = monthly.without(block, groups)
    listed = _accounts(sheet, other_columns, context)
    key = listed.guess.column("account_id")
    key = key if key is not None else listed.guess.column("account")
    unique = key is not None and listed.profiles[key].unique > 0.999
    if unique and len(other_columns.names) > 1 and context.as_table is None and len(listed.guess.matches) > 1:
        unknown_groups = [group for group in groups if not group.table]
        notes = tuple(
            f"{group.range_text(block)} are months of what is not told, and were left out." for group in unknown_groups
        )
        parts.append(replace(listed, block=replace(other_columns, notes=(*other_columns.notes, *notes))))
    if not parts:
        why = (
            f"It has a column per month ({groups[0].range_text(block)}), but nothing tells whether they hold revenue "
            f"or use. Load it with --as subscriptions or with --as usage. {PLAIN_HINT}"
        )
        return [IgnoredSheet(sheet.file, sheet.name, why)]
    return parts
