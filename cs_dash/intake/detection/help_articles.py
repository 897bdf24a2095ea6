"""Whether a sheet is a list of help articles: titles with addresses on the web, and nothing of a ticket or an account.

Titles and addresses occur in lists of all kinds, so this is decided last: a sheet that fits another table feeds that
table, unless its name or its addresses are those of a help center.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import islice
from pathlib import PurePath

from cs_dash.intake import vendors
from cs_dash.intake.cells import identity, missing
from cs_dash.intake.detection import table_terms
from cs_dash.intake.results.matches import ColumnMatch
from cs_dash.intake.results.sheets import Block
from cs_dash.schema import names
from cs_dash.schema.tables import TABLES

NAME = "articles"
SURE = 2.4
"""How strongly such a sheet counts as articles; what else is likely reaches more."""
_LOOKED_AT = 200
_MOST = 0.8
_ADDRESS = re.compile(r"^(?:https?://\S+|www\.\S+|[\w-]+(?:\.[\w-]+)+/\S*|/[\w%.-]+/\S*)$", re.I)
_HELP = re.compile(
    r"^(?:https?://)?(?:help|support|docs?|kb|knowledge|faq|hilfe|ayuda|aide|ajuda|learn|guide)[\w-]*\."
    r"|/(?:hc|help|kb|faq|docs?|knowledge|articles?|solutions|wiki)(?:/|-|$)",
    re.I,
)
_WORK = re.compile(r"/(?:api|tickets?|requests?|issues?|cases?|ideas?|conversations?|inbox|browse)(?:/|\?|$)", re.I)
"""Addresses of what people or programs work on, wherever it is hosted."""
_OF_OTHERS = {
    "tickets": (
        "account_ref", "account_name", "requester_email", "priority", "solved_at", "first_reply_at", "satisfaction",
        "resolution_minutes",
    ),
    "accounts": ("mrr", "arr", "renewal_date"),
}  # fmt: skip
"""Fields that no list of articles has."""


@cache
def _foreign_keys() -> frozenset[str]:
    fields = [TABLES[table].field(name) for table, held in _OF_OTHERS.items() for name in held]
    own = {names.key(word) for field in TABLES[NAME].mapped for word in field.synonyms()}
    return frozenset(names.key(word) for field in fields for word in field.synonyms()) - own


def _addresses(block: Block, matches: Mapping[str, ColumnMatch]) -> list[str]:
    place = matches["address"].column
    cells = missing.without_missing(block.rows.column(place).combine_chunks(), missing.NOTHING).drop_null()
    return [str(cell).strip() for cell in islice(cells.to_pylist(), _LOOKED_AT)]


def _is_named_so(file: str, sheet: str) -> bool:
    plain = f" {names.folded(PurePath(file).stem)} {names.folded(sheet)} "
    return any(f" {names.folded(word)}" in plain for word in table_terms.FILE_WORDS[NAME])


def is_list(block: Block, matches: Sequence[ColumnMatch], file: str, sheet: str) -> bool:
    """Return whether a sheet lists articles, given which of its columns would fill which of their fields."""
    held = {match.field.name: match for match in matches}
    if not {"title", "address"} <= held.keys():
        return False
    export = vendors.export_of(tuple(block.names))
    if export is not None:
        return export.table == NAME
    if any(identity.role(name) in ("id", "name") or names.key(name) in _foreign_keys() for name in block.names):
        return False
    addresses = _addresses(block, held)
    pages = sum(bool(_ADDRESS.match(address)) and not _WORK.search(address) for address in addresses)
    return _is_named_so(file, sheet) or (bool(addresses) and pages >= _MOST * len(addresses))


def is_help(block: Block, matches: Sequence[ColumnMatch], file: str, sheet: str) -> bool:
    """Return whether a list of articles is a help center's, by its vendor, its name or its addresses."""
    if vendors.export_of(tuple(block.names)) is not None or _is_named_so(file, sheet):
        return True
    addresses = _addresses(block, {match.field.name: match for match in matches})
    return sum(bool(_HELP.search(address)) for address in addresses) >= _MOST * len(addresses)
