"""Ids of accounts where a sheet has none: from names, from contracts, from row numbers."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.cells import identity
from cs_dash.intake.results.sheets import column_list
from cs_dash.intake.rows import cut_ids, keys
from cs_dash.intake.rows.typed_rows import TypedRows
from cs_dash.intake.rows.unused_columns import unsaid
from cs_dash.look.words import plural
from cs_dash.schema import names

_FEW = 3
_PEOPLE = frozenset({"user_id", "requester_email", "respondent"})
_MOST_PEOPLE = 1_000
_MANY = 0.3
"""Share of rows with the name of another from which a list is one of something else than customers."""


def name_accounts(draft: TypedRows) -> None:
    """Give accounts without an id one: their name, else the number of their row. Rows that are not alike stay apart."""
    if "account" not in draft.columns:
        draft.columns["account_id"] = cut_ids.row_ids(draft)
        draft.assumptions.append(
            "No column identifies the customers: each row counts as one, with its row number as id. Tickets and other "
            "files cannot be matched to them."
        )
        return
    encoded = pc.dictionary_encode(draft.columns["account"])
    keys_by_name = pa.array([names.account_key(text) for text in encoded.dictionary.to_pylist()], pa.string())
    draft.columns["account_id"] = keys_by_name.take(encoded.indices)
    claim = unsaid(draft, None, "account_id", "No column holds ids")
    draft.assumptions.append(f"{claim}, so the account's name is used as its id.")
    if not (keys.occurrence(draft.columns["account_id"]) > 0).any():
        return
    # A row that is there twice, cell by cell, is the same customer, however its name is written.
    cells = keys.trimmed(draft.block.rows)
    if (called := draft.source("account")) in cells.column_names:
        cells = cells.drop_columns([called])
    nth_by_key: dict[str, dict[int, int]] = {}
    own: list[str | None] = []
    for key, row_hash in zip(draft.columns["account_id"].to_pylist(), keys.row_hashes(cells).tolist(), strict=True):
        numbers = nth_by_key.setdefault(key or "", {})
        nth = numbers.setdefault(row_hash, len(numbers) + 1)
        own.append(f"{key} ({nth})" if key and nth > 1 else key)
    ids = pa.array(own, pa.string())
    different = pc.fill_null(pc.not_equal(ids, draft.columns["account_id"]), False).to_numpy(zero_copy_only=False)
    if not 0 < different.sum() < _MANY * len(draft):
        return
    draft.columns["account_id"] = ids
    examples = column_list(list(dict.fromkeys(draft.columns["account"].filter(pa.array(different)).to_pylist()))[:_FEW])
    draft.assumptions.append(
        f"{plural(int(different.sum()), 'row has', 'rows have')} an earlier row's name but other values ({examples}): "
        "each counts as a separate account."
    )


def name_contracts(draft: TypedRows, has_accounts: bool) -> None:
    """Make each contract a customer where neither it nor anything else names any."""
    if has_accounts or {"account_ref", "account_name"} & draft.columns.keys():
        return
    has_ids = "subscription_id" in draft.columns
    ids = draft.columns["subscription_id"] if has_ids else pa.nulls(len(draft), pa.string())
    draft.columns["account_ref"] = pc.coalesce(ids, cut_ids.row_ids(draft))
    draft.assumed.add("account_ref")
    by = "its contract's id" if has_ids else "its row number"
    draft.assumptions.append(f"No column identifies the customers: each row counts as one, with {by} as its id.")


def users_are_customers(draft: TypedRows) -> None:
    """Take people for the customers where no column names those, and the people are accounts that are known."""
    if {"account_ref", "account_name"} & draft.columns.keys() or draft.table.name == "accounts":
        return
    for match in draft.matches:
        if match.field.name not in _PEOPLE:
            continue
        people = pc.unique(draft.columns[match.field.name].drop_null()).slice(0, _MOST_PEOPLE).to_pylist()
        met = sum(identity.plain_id(person) in draft.context.accounts for person in people)
        if people and met > len(people) / 2:
            why = "its values are known accounts"
            draft.columns["account_ref"] = draft.columns[match.field.name]
            draft.extra_matches.append(match.for_field(draft.table.field("account_ref"), why))
            draft.assumptions.append(f"{draft.source(match.field.name)} identifies the customers: {why}.")
            return
