"""What decks and digests are made from: one version, as one reader may see it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from cs_dash import pipeline
from cs_dash.cli import text
from cs_dash.cli.arguments import hidden_parts
from cs_dash.decisions import current_decisions
from cs_dash.decisions.audits import audits
from cs_dash.decisions.reviews.records import Filters, ReviewNumbers
from cs_dash.errors import NoData, NotAllowed, UnknownOption, nearest
from cs_dash.metrics import Warehouse, open_warehouse
from cs_dash.pipeline import Workspace
from cs_dash.review.asking import Ask, ask_of
from cs_dash.scope import Scope, check_filters
from cs_dash.sharing import LOCAL, Limits, Reader, copies, links

ALL = "all"
PAGE = "review"
"""The page that a link has to open for its readers to have a review."""


@dataclass(frozen=True)
class Numbers:
    """One opened version.

    Attributes:
        ask: answers questions from it, each once.
        facts: which version it is, and its newest day.
        warehouse: the version itself.
    """

    ask: Ask
    facts: ReviewNumbers
    warehouse: Warehouse


def reader_of(chosen: Namespace, workspace: Workspace) -> Reader:
    """Return who reads. Raises NotAllowed for who may not see reviews."""
    if not chosen.reader:
        return LOCAL
    reader = links.reader_named(workspace, chosen.reader)
    if reader.pages is not None and PAGE not in reader.pages:
        raise NotAllowed("Not allowed", "Could not show a review because this reader may not open that page.", "")
    return reader


def hidden_limits(chosen: Namespace, reader: Reader) -> Limits:
    """Return what `--hide` hides besides what is hidden from the reader anyway. Raises UnknownOption."""
    hidden = hidden_parts(chosen.hide)
    return Limits(
        hide_names="names" in hidden and not reader.limits.hide_names,
        hide_money="money" in hidden and not reader.limits.hide_money,
    )


def readable(workspace: Workspace, reader: Reader) -> tuple[Workspace, ReviewNumbers]:
    """Return the workspace that a reader's questions run on, and which version of the whole one it shows.

    Raises NoData where nothing is loaded, and what `copies.workspace_for` raises.
    """
    version = workspace.current()
    if version is None:
        raise NoData(
            "Nothing is loaded",
            f"Could not make a review because the workspace {workspace.folder} is empty.",
            "Load files first: python -m cs_dash load FILE...",
        )
    if not reader.frozen:
        pipeline.derive_for_reading(workspace, version, text.progress)
    source = copies.workspace_for(workspace, reader, wait=True)
    if reader.frozen:
        version = source.current() or version
        return source, ReviewNumbers(0, version.created_at, source.folder.name, version.newest_day)
    return source, ReviewNumbers(version.number, version.created_at, "", version.newest_day)


@contextmanager
def opened(source: Workspace, facts: ReviewNumbers, limits: Limits, whole: Workspace) -> Iterator[Numbers]:
    """Open what `source` shows, within limits: then a copy that holds nothing else, gone afterwards.

    `whole`: the whole workspace, whose secret pseudonyms are made from.
    """
    if limits:
        with (
            copies.temporary_copy(source, limits, secret_of=whole) as copy,
            opened(copy, facts, Limits(), whole) as numbers,
        ):
            yield numbers
        return
    version = source.current()
    if version is None:
        raise NoData("Nothing is loaded", "Could not make a review because nothing is loaded.", "Load files first.")
    artifacts = pipeline.derive_for_reading(source, version, text.progress)
    warehouse = open_warehouse(source.file_of(version), current_decisions(source), artifacts)
    try:
        yield Numbers(ask_of(warehouse, audits(source)), facts, warehouse)
    finally:
        warehouse.close()


def accounts_named(warehouse: Warehouse, names: Sequence[str], scope: Scope) -> list[str]:
    """Return the ids of the accounts that `--account` names, each once; "all": each paying one in scope.

    Raises UnknownOption for an account or a filter that there is not, and NoData where no account is left.
    """
    check_filters(scope, warehouse.dimensions())
    known = {row["account_id"]: row["account"] for row in warehouse("account_names").to_pylist()}
    by_name = {name.casefold(): account_id for account_id, name in known.items()}
    account_ids: dict[str, None] = {}
    for name in names:
        if name == ALL:
            account_ids |= dict.fromkeys(_paying(warehouse, scope))
        elif name in known:
            account_ids[name] = None
        elif name.casefold() in by_name:
            account_ids[by_name[name.casefold()]] = None
        else:
            raise UnknownOption(
                "Unknown account",
                f"Could not review {name} because there is no such account.",
                nearest(name, [*known, *known.values()]),
            )
    if not account_ids:
        raise NoData("No accounts", "Could not review any account because none is paying.", "Name them by --account.")
    return list(account_ids)


def filters_within(filters: Filters, reader: Reader, warehouse: Warehouse) -> Filters:
    """Return the filters with those of the reader, which the version holds anyway: so that a deck names them."""
    known = warehouse.dimensions()
    own = {
        name: tuple(value for value in values if value in known.get(name, ())) for name, values in reader.limits.filters
    }
    return tuple(sorted(({name: values for name, values in own.items() if values} | dict(filters)).items()))


def _paying(warehouse: Warehouse, scope: Scope) -> list[str]:
    in_scope = set(warehouse("in_scope", wanted=scope.filters_json)["account_id"].to_pylist())
    rows = warehouse("mrr_on", on_day=scope.as_of).to_pylist()
    return sorted(row["account_id"] for row in rows if row["mrr"] > 0 and row["account_id"] in in_scope)


def only_account(warehouse: Warehouse) -> str:
    """Return the id of the one account of a copy that holds a single one."""
    (account_id,) = warehouse("account_names")["account_id"].to_pylist()
    return str(account_id)
