"""All sheets of a load together: what names the customer in one of them names it in the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from cs_dash.intake.cells import identity
from cs_dash.intake.detection import columns, shared_ids
from cs_dash.intake.results.layouts import LayoutMemory
from cs_dash.intake.results.pace import RowProgress
from cs_dash.intake.results.problems import IgnoredSheet, InputFile, LoadContext
from cs_dash.intake.results.sheets import Block, Sheet
from cs_dash.intake.sheet_detection import DetectedTable, Detection, detections_of, located_tables
from cs_dash.schema.tables import TABLES


@dataclass(frozen=True)
class _Look:
    """A sheet with the table in it, and what it was taken for; no sheet where it could not be read."""

    sheet: Sheet | None
    block: Block | None
    results: list[Detection]


def detect_tables(
    input_files: Sequence[InputFile], context: LoadContext, recall: LayoutMemory, progress: RowProgress
) -> list[Detection]:
    """Return what the sheets of the files are, in order, or why one is ignored. See `ingest.read`.

    Sheets that name no customer, or none that is known, are looked at once more with the customers of the others: those
    of the workspace and of lists of accounts, else those of contracts.
    """
    context = replace(context, accounts=frozenset(map(identity.plain_id, context.accounts)))
    looks: list[_Look] = []
    with closing(located_tables(input_files, context, recall, progress)) as sheets:
        for sheet in sheets:
            if isinstance(sheet, IgnoredSheet):
                looks.append(_Look(None, None, [sheet]))
            else:
                looks.append(_Look(*sheet, list(detections_of(*sheet, context, recall))))
    looks = [_with_referenced_ids(look, looks, context) for look in looks]
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
            if look.sheet is None or _lists_accounts(look) or customers & _customers(look.results, tuple(TABLES))
            else detections_of(look.sheet, look.block, wider, recall)
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
            matches = columns.assign(TABLES[part.table], part.block.names, part.profiles, mapping)
            named |= shared_ids.customers(part.block, matches)
    return frozenset(named)


def _with_referenced_ids(look: _Look, looks: Sequence[_Look], context: LoadContext) -> _Look:
    """A sheet whose lists of accounts have the id that the other sheets refer to."""
    if not _lists_accounts(look) or (len(looks) < 2 and not context.accounts):
        return look
    others = [result for other in looks if other is not look for result in other.results]
    references = set(context.accounts | _customers(others, tuple(TABLES)))
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
