"""The parts of a sheet that its shape explains: months as columns, invoices, snapshots, plain tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.detection import joins, tables
from cs_dash.intake.results.matches import TableGuess
from cs_dash.intake.results.problems import IgnoredSheet, LoadContext
from cs_dash.intake.results.sheets import Block, Sheet
from cs_dash.intake.shapes import invoices, long_lists, movements, period_groups, snapshots
from cs_dash.intake.shapes.invoices import Invoices
from cs_dash.intake.shapes.movements import MovementList
from cs_dash.intake.shapes.period_groups import Monthly
from cs_dash.store.tables import PLAIN

UNDATED = "their year. Choose the “Year”."
PLAIN_HINT = "To store it unchanged, choose Plain table under “Read as”."


@dataclass(frozen=True)
class ShapedPart:
    """A part of a sheet that its shape explains.

    Attributes:
        sheet: the sheet.
        block: its rows.
        profiles: what its columns hold.
        content: the months of one measure, the columns of a list of invoices or movements, or None for a plain table.
    """

    sheet: Sheet
    block: Block
    profiles: tuple[Profile, ...]
    content: Monthly | Invoices | MovementList | None

    @property
    def table(self) -> str:
        """The table that it feeds."""
        if isinstance(self.content, Monthly):
            return self.content.table
        return PLAIN if self.content is None else "subscriptions"


@dataclass(frozen=True)
class ListPart:
    """A list inside a sheet: the accounts beside its months, one of its snapshots, one of the lists that it joins."""

    sheet: Sheet
    block: Block
    profiles: tuple[Profile, ...]
    guess: TableGuess


SheetPart = ShapedPart | ListPart | IgnoredSheet


def shaped_parts(sheet: Sheet, block: Block, profiles: Sequence[Profile], context: LoadContext) -> list[SheetPart]:
    """Return the parts that a sheet's shape explains; none where it is one list, which its columns' names explain."""
    if context.as_table == PLAIN:
        return [ShapedPart(sheet, block, tuple(profiles), None)]
    return _by_shape(sheet, block, profiles, context) or [
        ListPart(sheet, part.block, part.profiles, part.guess)
        for part in joins.parts(block, context.mapping, context.as_table)
    ]


def _by_shape(sheet: Sheet, block: Block, profiles: Sequence[Profile], context: LoadContext) -> list[SheetPart]:
    if context.as_table not in (None, "accounts", "subscriptions", "usage"):
        return []
    if context.as_table != "accounts" and (groups := period_groups.find(sheet, block, profiles, context)):
        return _months(sheet, block, profiles, context, groups)
    if context.as_table != "accounts" and (group := period_groups.undated(sheet, block, profiles, context)):
        return _months(sheet, block, profiles, context, [group], UNDATED)
    if context.as_table in (None, "subscriptions") and (moved := movements.find(block, profiles, context)):
        return [ShapedPart(sheet, block, tuple(profiles), moved)]
    if context.as_table in (None, "accounts") and (dated_parts := snapshots.parts(sheet, block, profiles, context)):
        return [_accounts(part, rows, context) for part, rows in dated_parts]
    if context.as_table in (None, "subscriptions") and (turned := long_lists.as_columns(block, profiles, context)):
        own = tuple(tables.profiles_of(turned, context.accounts))
        if groups := period_groups.find(sheet, turned, own, context):
            return _months(sheet, turned, own, context, groups)
    if context.as_table in (None, "subscriptions"):
        found_invoices = invoices.find(sheet, block, profiles, context)
        if found_invoices is not None:
            return [ShapedPart(sheet, block, tuple(profiles), found_invoices)]
    return []


def _accounts(sheet: Sheet, block: Block, context: LoadContext) -> ListPart:
    profiles = tuple(tables.profiles_of(block, context.accounts))
    return ListPart(sheet, block, profiles, tables.forced(block, profiles, "accounts", context.mapping))


def _months(
    sheet: Sheet,
    block: Block,
    profiles: Sequence[Profile],
    context: LoadContext,
    groups: Sequence[Monthly],
    lacks: str = "",
) -> list[SheetPart]:
    """The parts of a sheet with columns of periods: each measure, and the accounts that the other columns list.

    Args:
        sheet: the sheet.
        block: its rows.
        profiles: what its columns hold.
        context: what is known.
        groups: the columns of each measure.
        lacks: what has to be answered before the periods can be read; "" where nothing has.
    """
    parts: list[SheetPart] = []
    for group in groups:
        question = lacks or _question(group)
        if question:
            months = f"It has a column per {group.noun} ({group.range_text(block)})"
            why = f"{months}, but nothing indicates {question} {PLAIN_HINT}"
            parts.append(IgnoredSheet(sheet.file, sheet.name, why))
        else:
            parts.append(ShapedPart(sheet, block, tuple(profiles), group))
    other_columns = period_groups.without(block, groups, period_groups.year_of(sheet, block, context)[0])
    listed = _accounts(sheet, other_columns, context)
    key = listed.guess.column("account_id")
    key = key if key is not None else listed.guess.column("account")
    unique = key is not None and listed.profiles[key].unique > 0.999
    if unique and len(other_columns.names) > 1 and context.as_table is None and len(listed.guess.matches) > 1:
        parts.append(listed)
    return parts


def _question(group: Monthly) -> str:
    """What nothing tells about periods, and the option that answers it; "" where all is known."""
    if not group.table:
        return "whether they hold revenue or usage. Choose Subscriptions or Usage under “Read as”."
    if group.table == "subscriptions" and not group.unit:
        return (
            f"whether they hold the MRR at the end of a {group.noun} or the revenue of the whole {group.noun}. "
            "Choose under “Quarters hold”."
        )
    return ""
