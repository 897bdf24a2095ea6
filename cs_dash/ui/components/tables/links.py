"""What a name leads to: an account, a ticket, a topic; each by a link of our own that carries the scope along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cs_dash import page_registry as registry
from cs_dash.ui.state import address


@dataclass(frozen=True)
class Target:
    """What a column's values are names of.

    Attributes:
        key: the column of the same row with the id.
        page: name of the page that shows one of them.
        choice: under what name that page has the id in the address.
    """

    key: str
    page: str
    choice: str


ACCOUNT = Target("account_id", "account", "account")
TICKET = Target("ticket_id", "tickets", "ticket")
TOPIC = Target("topic", "topics", "topic")
ITEM = Target("item", "roadmap", "item")
TARGETS: Mapping[str, Target] = {
    "account": ACCOUNT, "name": ACCOUNT, "account_id": ACCOUNT, "ticket_id": TICKET, "subject": TICKET,
    "about": TOPIC, "label": TOPIC, "question": TOPIC, "title": ITEM,
}  # fmt: skip
"""By the name of the column; it leads there only in rows that have the id."""


def target_of(column: str, columns: list[str]) -> Target | None:
    """Return where the values of a column lead in rows with these columns, None where nowhere."""
    target = TARGETS.get(column)
    return target if target and target.key in columns and target.page in registry.by_name() else None


def target_href(target: Target | None, row: Mapping[str, Any], scope: address.Query) -> str:
    """Return the link of one value in the scope of a query; "" where the row has no id."""
    key = row.get(target.key) if target else None
    return address.href(target.page, {**scope, target.choice: [str(key)]}) if target and key else ""
