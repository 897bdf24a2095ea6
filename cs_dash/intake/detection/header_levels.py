"""Column names that stand in several rows: groups above them, and years above their months and quarters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from cs_dash.intake.cells import column_periods

_LEVELS = 4
"""So many rows above the names may belong to them."""


def combined_names(head: Sequence[Sequence[str]], at: int, value: re.Pattern[str]) -> tuple[list[str], int]:
    """Return the columns' names with what the rows above add to them, and the first of the rows that hold names.

    A year above months or quarters that lack one counts up to the next one, as in merged cells; other groups are put
    before names that occur more than once.

    Args:
        head: the sheet's first rows.
        at: the row of the names.
        value: what cells look like that hold values; a row of those names no groups, periods excepted.
    """
    row, top = list(head[at]), at
    for level in range(at - 1, max(at - 1 - _LEVELS, -1), -1):
        above = head[level]
        if not any(above):
            break
        dated = _with_years(row, above)
        if dated is not None:
            row, top = dated, level
        elif any(value.match(cell) and not _names_period(cell) for cell in above if cell):
            break
        elif (grouped := _groups(row, above)) is not None:
            return grouped, level
        elif not any(map(column_periods.is_bare, row)):
            break
    return row, top


def _names_period(cell: str) -> bool:
    return column_periods.column_period(cell, 2000) is not None


def _carried(row: Sequence[str]) -> list[str]:
    """The cells of a row of groups, each for the columns up to the next one, as merged cells show them."""
    group, carried = "", []
    for cell in row:
        group = cell or group
        carried.append(group)
    return carried


def _with_years(row: Sequence[str], above: Sequence[str]) -> list[str] | None:
    """The names with the years above those that lack one; None where the row above does not give them all one."""
    bare = [at for at, name in enumerate(row) if name and column_periods.is_bare(name)]
    if len(bare) < 2:
        return None
    labels = [cell if cell and _names_period(cell) else "" for cell in above]
    years = [_label_year(cell) for cell in _carried(labels)]
    first = next((year for year in years[bare[0] :] if year), None)
    if not any(_label_year(cell) for cell in labels[1:]) or first is None:
        return None
    names = [name or cell for name, cell in zip(row, above, strict=True)]
    held: dict[int, date] = {}
    for at in bare:
        own = years[at] or first
        period = column_periods.column_period(row[at], own)
        assert period is not None
        # Within one year's columns a month that comes earlier than the one before is of the next year.
        later = held.get(own)
        turned = later is not None and period[0].first < later
        held[own] = max(period[0].first, later) if later else period[0].first
        names[at] = f"{row[at]} {own + 1 if turned else own}"
    return names


def _label_year(cell: str) -> int | None:
    if year := column_periods.year_of_label(cell):
        return year
    period = column_periods.column_period(cell) if cell else None
    return period[0].first.year if period else None


def _groups(row: Sequence[str], above: Sequence[str]) -> list[str] | None:
    """The names with the groups above them, where the row above names groups of columns; None where it does not."""
    if sum(1 for cell in above if cell) < 2:
        return None
    again = {cell.casefold() for cell, n in Counter(cell.casefold() for cell in row if cell).items() if n > 1}
    if not again and not any(upper and not cell for upper, cell in zip(above, row, strict=True)):
        return None
    return [
        upper if not cell else f"{group} {cell}".strip() if cell.casefold() in again else cell
        for upper, group, cell in zip(above, _carried(above), row, strict=True)
    ]
