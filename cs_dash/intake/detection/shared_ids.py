"""Ids that two sheets share: what names the customer in one of them names it in the other, whatever it is called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cs_dash.intake.cells import arrays, identity, missing
from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.results.matches import CONTENT, ColumnMatch, TableGuess
from cs_dash.intake.results.sheets import Block
from cs_dash.schema import names

NAMING = ("account_id", "account", "external_id", "account_ref", "account_name")
"""Fields whose values name customers."""
_MOST = 0.8
_ROWS = 200_000
"""So many rows of a sheet tell whom it is about."""


def _values(block: Block, at: int) -> set[str]:
    cells = missing.without_missing(arrays.whole(block.rows.column(at)).slice(0, _ROWS), missing.NO_VALUE)
    return set(map(identity.plain_id, cells.unique().drop_null().to_pylist()))


def customers(block: Block, matches: Iterable[ColumnMatch], fields: Sequence[str] = NAMING) -> set[str]:
    """Return the ids and names of customers in a sheet, as `identity.plain_id` writes them."""
    return set().union(*(_values(block, match.column) for match in matches if match.field.name in fields))


def lists(guess: TableGuess, block: Block, references: set[str]) -> bool:
    """Return whether a sheet has a row for most of what other sheets call customers, and says something of them."""
    ids = customers(block, guess.matches, ("account_id",))
    is_key = len(ids) == block.rows.num_rows
    return is_key and len(guess.matches) > 1 and len(ids & references) >= _MOST * len(references)


def with_referenced_id(
    guess: TableGuess, block: Block, profiles: Sequence[Profile], references: set[str], decided: Iterable[str]
) -> TableGuess:
    """Return a list of accounts with the column as their id that other sheets refer to, where it is not known yet.

    It is one that no field uses, with another value in each row, and holds most of what other sheets call customers.

    Args:
        guess: the list of accounts.
        block: its rows.
        profiles: what its columns hold.
        references: what other sheets call customers.
        decided: the columns that people decided about.
    """
    named = customers(block, guess.matches)
    unmet = references - named
    if len(unmet) < max(2, len(references) / 2):
        return guess
    held = {match.field.name for match in guess.matches}
    target = next((name for name in ("account_id", "external_id") if name not in held), None)
    decided_keys = {names.key(name) for name in decided}
    used = {match.column for match in guess.matches}
    used |= {at for at, name in enumerate(block.names) if names.key(name) in decided_keys}
    for at, profile in enumerate(profiles):
        if target is None or at in used or not profile.is_key or profile.dates > 0.5:
            continue
        if len(unmet & _values(block, at)) >= _MOST * len(unmet):
            why = "the other files refer to its values"
            match = ColumnMatch(at, guess.table.field(target), CONTENT, why, 0.5)
            lacks = tuple(name for name in guess.lacks if name != target)
            return replace(guess, matches=tuple(sorted((*guess.matches, match), key=lambda m: m.column)), lacks=lacks)
    return guess
