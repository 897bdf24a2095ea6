"""Lists of plans with their prices, to whose rows a list of contracts or customers refers: each row gets its price."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.cells import arrays, identity, missing
from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.detection import tables
from cs_dash.intake.detection.detected_tables import DetectedTable
from cs_dash.intake.results.problems import IgnoredSheet
from cs_dash.intake.results.sheets import Block, Sheet
from cs_dash.schema import names
from cs_dash.schema.languages import measure_words

_MOST_PLANS, _MOST = 1_000, 0.9


@dataclass(frozen=True)
class PriceList:
    """A list of plans.

    Attributes:
        sheet: the sheet.
        keys: the columns that tell its rows apart, by the keys of their names.
        price: the column of prices.
        block: its rows.
    """

    sheet: Sheet
    keys: dict[str, int]
    price: int
    block: Block


def is_refused(results: Sequence[object]) -> bool:
    """Return whether a sheet with columns was set aside as a whole."""
    return all(isinstance(result, IgnoredSheet) and result.columns for result in results)


def may_list_plans(results: Sequence[object]) -> bool:
    """Return whether a sheet was refused, or has no ids: plans with their names look like customers."""
    return is_refused(results) or all(
        isinstance(result, DetectedTable) and result.guess.column(result.guess.table.key) is None for result in results
    )


def lacks_amounts(result: object) -> bool:
    """Return whether a part of a sheet lists customers or contracts without a column of amounts."""
    if not isinstance(result, DetectedTable) or result.guess.table.name not in ("accounts", "subscriptions"):
        return False
    return not {"mrr", "arr", "amount"} & {match.field.name for match in result.guess.matches}


def price_list(sheet: Sheet, block: Block) -> PriceList | None:
    """Return the list of plans that a sheet is: few rows, told apart by a column, with one column of prices."""
    if block.rows.num_rows > _MOST_PLANS:
        return None
    profiles = tables.profiles_of(block)
    prices = [at for at, profile in enumerate(profiles) if _is_price(block.names[at], profile)]
    keys = {
        names.key(name): at
        for at, name in enumerate(block.names)
        if at not in prices and not identity.role(name) and names.key(name) not in ("id", "name") and _is_key(block, at)
    }
    return PriceList(sheet, keys, prices[0], block) if len(prices) == 1 and keys else None


def _is_price(name: str, profile: Profile) -> bool:
    return profile.numbers > _MOST and measure_words.is_money(name) and not identity.says_id(name)


def _is_key(block: Block, at: int) -> bool:
    cells = _cells(block, at)
    return not cells.null_count and len(pc.unique(cells)) == len(cells)


def _cells(block: Block, at: int) -> pa.Array:
    return missing.without_missing(missing.trimmed(arrays.whole(block.rows.column(at))), missing.NO_VALUE)


def priced(block: Block, lists: Sequence[PriceList]) -> tuple[Block, PriceList] | None:
    """Return a list with the price of each row's plan as a column of its own; None where no list of plans has them.

    Args:
        block: a list of contracts or customers that has no amounts of its own.
        lists: the lists of plans of the load.
    """
    for at, name in enumerate(block.names):
        for plans in lists:
            key = plans.keys.get(names.key(name))
            price = plans.block.names[plans.price]
            if key is None or price in block.names:
                continue
            cells = _cells(block, at)
            places = pc.index_in(cells, value_set=_cells(plans.block, key))
            if len(cells) <= len(plans.block.rows) or places.null_count > (1 - _MOST) * len(cells):
                continue
            column = arrays.whole(plans.block.rows.column(plans.price)).take(places)
            note = f"{price} was looked up in {plans.sheet.file} by {name}."
            return replace(
                block, names=(*block.names, price), rows=block.rows.append_column(price, column),
                positions=(*block.positions, -1), notes=(*block.notes, note),
                aliases=(*block.aliases, price) if block.aliases else (),
            ), plans  # fmt: skip
    return None
