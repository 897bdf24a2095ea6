"""The decisions of a copy: what reading needs of the log, about its own accounts and tickets only.

Kinds that only reading new files, matching names or sharing needs are in no copy, nor is a kind that is not named here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cs_dash.settings import SETTINGS
from cs_dash.settings.registry import CURRENCY
from cs_dash.store.copies.content import CopyContent
from cs_dash.store.copies.state import DecisionRow

WITH_TEXTS = (
    "alignment answers", "churn category", "churn reason", "item decision", "item review", "item score", "item tracked",
    "lexicon", "portfolio event", "roadmap item", "shared goal", "ticket type", "topic ignored", "topic into",
    "topic name", "topic split",
)  # fmt: skip
"""Kinds that name no account and no ticket, but may have texts that do."""
OTHERS = ("audit", "audit answer", "item shipped", "item told", "label", "programme", "setting")
IN_COPIES = (*WITH_TEXTS, *OTHERS)
LEFT_OUT = (
    "account", "layout", "link", "person", "review", "review closed", "review numbers", "review order", "review pin",
    "review remark", "review slide", "saved view",
)  # fmt: skip
"""Kinds that are in no copy. What is written in reviews readers see through `sharing.reviews`."""
STAFF_KEYS = frozenset({"owner", "team", "teams", "name", "person", "by", "csm"})
"""Keys of values that name people of the company itself, who stay."""
TicketsIn = Callable[[Collection[str]], frozenset[str]]


@dataclass(frozen=True)
class CopiedDecisions:
    """Turns decisions into those of a copy.

    Attributes:
        content: what the copy holds.
        accounts: {id: id in the copy} of its accounts.
        tickets_in: returns which tickets, by their ids in the copy, are in it.
        tickets_between: returns how many of its tickets were opened from a day (None: ever) until before another.
    """

    content: CopyContent
    accounts: Mapping[str, str]
    tickets_in: TicketsIn
    tickets_between: Callable[[str | None, str], int]

    def of(self, rows: Iterable[DecisionRow]) -> list[DecisionRow]:
        """Return the decisions of the copy, in their order."""
        listed = [row for row in rows if row.kind in IN_COPIES]
        tickets = self.tickets_in({self.content.id_in_copy(ticket) for ticket in _tickets_of(listed)})
        return [copied for row in listed if (copied := self._copied(row, tickets)) is not None]

    def _copied(self, row: DecisionRow, tickets: frozenset[str]) -> DecisionRow | None:
        value = None if row.value is None else json.loads(row.value)
        subject: str | None = row.subject
        match row.kind:
            case "label":
                subject = self._ticket(row.subject, tickets)
            case "audit":
                value = value and self._audit(value, tickets)
            case "audit answer":
                number, ticket, person = json.loads(row.subject)
                copied = self._ticket(ticket, tickets)
                subject = copied and json.dumps([number, copied, person])
            case "item told":
                item, account = json.loads(row.subject)
                subject = json.dumps([item, self.accounts[account]]) if account in self.accounts else None
            case "item shipped":
                value = value and self._masked(value | {"accounts": self._accounts(value.get("accounts"))})
            case "programme":
                accounts = self._accounts(value["accounts"]) if value else []
                value = value and self._masked({**value, "accounts": []}) | {"accounts": accounts}
                subject = row.subject if accounts or value is None else None
            case "setting":
                subject, value = (None, None) if row.subject == CURRENCY else (row.subject, self._setting(row, value))
            case _:
                subject, value = self._text(row.subject), self._masked(value)
        if subject is None:
            return None
        return replace(row, subject=subject, value=None if value is None else json.dumps(value, ensure_ascii=False))

    def _ticket(self, ticket: str, tickets: frozenset[str]) -> str | None:
        copied = self.content.id_in_copy(ticket)
        return copied if copied in tickets else None

    def _accounts(self, accounts: Any) -> Any:
        """Return a list of accounts, or a dict by account, with those of the copy."""
        if isinstance(accounts, dict):
            return {self.accounts[name]: value for name, value in accounts.items() if name in self.accounts}
        if isinstance(accounts, list):
            return [self.accounts[name] for name in accounts if name in self.accounts]
        return accounts

    def _audit(self, value: dict[str, Any], tickets: frozenset[str]) -> dict[str, Any]:
        sample = [copied for ticket in value["drawn"] if (copied := self._ticket(ticket, tickets))]
        count = value["tickets"] if self.content.has_all else self.tickets_between(value["start"], value["end"])
        return value | {"drawn": sample, "tickets": count}

    def _setting(self, row: DecisionRow, value: Any) -> Any:
        declared = SETTINGS.get(row.subject)
        if declared is not None and declared.kind == "money" and self.content.factor is not None:
            return None if value is None else float(value) * self.content.factor
        return self._masked(value)

    def _text(self, text: str) -> str:
        return text if self.content.mask is None else self.content.mask(text)

    def _masked(self, value: Any) -> Any:
        """Return a value with all its texts masked, but for names of the company's own people."""
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, list):
            return [self._masked(part) for part in value]
        if isinstance(value, dict):
            return {
                self._text(name): part if name in STAFF_KEYS else self._masked(part) for name, part in value.items()
            }
        return value


def _tickets_of(rows: Iterable[DecisionRow]) -> Iterator[str]:
    """Yield the tickets that decisions are about."""
    for row in rows:
        if row.kind == "label":
            yield row.subject
        elif row.kind == "audit answer":
            yield json.loads(row.subject)[1]
        elif row.kind == "audit" and row.value is not None:
            yield from json.loads(row.value)["drawn"]
