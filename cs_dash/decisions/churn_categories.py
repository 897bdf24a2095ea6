"""Categories of churn reasons that differ from those that a workspace begins with: renamed, judged anew, or added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cs_dash.decisions import log
from cs_dash.decisions.log import Entry, Kind
from cs_dash.store.acting import Right
from cs_dash.store.workspace import Workspace

CHURN_CATEGORY = Kind("churn category", "A category of churn reasons", Right.SETTINGS, in_sql=True)
KINDS = (CHURN_CATEGORY,)


@dataclass(frozen=True)
class Category:
    """One category as it is edited.

    Attributes:
        key: the name that it began with; "" for one that is new.
        name: what it is called.
        controllable: whether the company could have kept the account; None where nobody judged.
        payment: a payment failed, the customer did not decide.
        words: words of the workspace's own that place a recorded reason here, beside those of the taxonomy.
    """

    key: str
    name: str
    controllable: bool | None = None
    payment: bool = False
    words: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the category as the log stores it, without its key."""
        return {
            "name": self.name, "controllable": self.controllable, "payment": self.payment, "words": list(self.words),
        }  # fmt: skip

    @classmethod
    def from_dict(cls, key: str, stored: Mapping[str, Any]) -> Category:
        """Return a category that the log stored."""
        return cls(key, stored["name"], stored["controllable"], stored["payment"], tuple(stored["words"]))


Categories = Mapping[str, Category]
"""Key -> category."""


def decided(workspace: Workspace) -> dict[str, Category]:
    """Return the categories that differ, by their key."""
    rows = log.in_force(workspace, CHURN_CATEGORY.name)
    return {row.subject: Category.from_dict(row.subject, row.value) for row in rows}


def entries(categories: Mapping[str, Category | None]) -> list[Entry]:
    """Return the entries by which categories, by key, are so from now on; None: as they began, or gone."""
    return [
        Entry(CHURN_CATEGORY.name, key, category.as_dict() if category else None)
        for key, category in categories.items()
    ]
