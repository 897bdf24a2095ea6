"""Which field of a table a reader means who maps a column to it."""

from __future__ import annotations

from collections.abc import Mapping

from cs_dash.intake.results.sheets import Block
from cs_dash.schema import names
from cs_dash.schema.tables import TABLES, Field, Table

_FEEDS = {"accounts": ("churn_events",)}
"""The tables that lists of another one can feed as well."""

_REFERENCES = {"account_id": "account_ref", "account": "account_name"}
"""The fields of accounts, and what other tables call the account of a row by; and the reverse, in the accounts."""


def chosen_field(table: Table, choice: str) -> Field | None:
    """Return the field of a table that a reader's choice names, alone or after a table's name; None: it has none.

    The account's id or name is in every other table the reference to the account.
    """
    other, _, name = choice.rpartition(".")
    fields = {field.name: field for field in table.mapped}
    if name in fields and other in ("", table.name):
        return fields[name]
    synonyms = {**_REFERENCES, **{reference: own for own, reference in _REFERENCES.items()}}
    return fields.get(synonyms.get(name, "")) if name not in fields else None


def misplaced(table: Table, block: Block, is_forced: bool, mapping: Mapping[str, str]) -> str:
    """Return why a sheet is set aside whose columns were mapped to fields that its table lacks; "" where none was.

    Args:
        table: the table.
        block: its rows.
        is_forced: whether the reader named the table; if not, "table.field" may be meant for another sheet.
        mapping: what the reader decided.
    """
    keys = {names.key(name) for name in block.names}
    for column, choice in mapping.items():
        elsewhere = "." in choice and (not is_forced or table.name == "accounts")
        known = any(chosen_field(TABLES[name], choice) for name in (table.name, *_FEEDS.get(table.name, ())))
        if choice and names.key(column) in keys and not known and not elsewhere:
            fields = ", ".join(field.name for field in table.mapped)
            return (
                f"The column {column} was mapped to {choice}, which is not a field of {table.title.lower()}. "
                f"The fields are {fields}."
            )
    return ""
