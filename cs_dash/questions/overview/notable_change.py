"""One notable change: what it is in words, how large, and what it is a change of."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa

from cs_dash.answer import Column
from cs_dash.look.words import change, share
from cs_dash.questions.request import SMALL_BASE, small_base_note
from cs_dash.units import Unit

MATERIAL = {"nrr": 0.02, "grr": 0.02, "howto_share": 0.03, "red_share": 0.02, "mrr": 0.02, "mover": 0.01,
            "topic": 0.15}  # fmt: skip
"""How far a figure has to move to count as one: shares in points of 1, amounts as a share of the MRR before, tickets of
a topic as a share of those before.
"""
ROWS = {
    "change": pa.string(), "figure": pa.string(), "group": pa.string(), "before": pa.float64(), "now": pa.float64(),
    "unit": pa.string(), "size": pa.float64(), "good": pa.bool_(), "doubt": pa.string(),
    "account_id": pa.string(), "field": pa.string(), "what": pa.string(), "amount": pa.string(), "topic": pa.string(),
}  # fmt: skip
COLUMNS = (
    Column("change", "Change"),
    Column("figure", "Figure", hidden=True),
    Column("group", "Group"),
    Column("before", "Before", "number", hidden=True),
    Column("now", "Now", "number", hidden=True),
    Column("unit", "Unit", hidden=True),
    Column("size", "Size", "number", "1 is the threshold for a notable change."),
    Column("good", "Positive", "flag"),
    Column("doubt", "Caveat"),
    Column("account_id", "Account ID", hidden=True),
    Column("field", "Dimension of the group", hidden=True),
    Column("what", "What changed", hidden=True),
    Column("amount", "Amount", hidden=True),
    Column("topic", "Topic ID", hidden=True),
)
EVERYTHING = "all"
LABELS = {
    "nrr": "NRR", "grr": "GRR", "howto_share": "How-to share", "red_share": "Red share of MRR",
    "mrr": "MRR",
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One change between the comparison day and the as-of date.

    Attributes:
        figure: a key of `MATERIAL`.
        group: the value of the dimension, the account, the topic or the movement; `EVERYTHING` for all accounts.
        before: the value on the comparison day.
        now: the value on the as-of date.
        unit: of both.
        good: whether it is good news; None for neither.
        text: all of it in one phrase: "25 accounts no longer pay: €41k MRR".
        what: the phrase without its amount: "25 accounts no longer pay".
        amount: the amount by itself: "−€41k MRR".
        size: how large it is; 1 is the least that is notable.
        n: the size of the base.
        doubt: a caveat, "" for none.
        account_id: the account that it is about.
        field: the dimension whose value the group is.
        topic: id of the topic that it is about.
    """

    figure: str
    group: str
    before: float
    now: float
    unit: Unit
    good: bool | None
    text: str
    what: str
    amount: str
    size: float
    n: int | None = None
    doubt: str = ""
    account_id: str | None = None
    field: str | None = None
    topic: str | None = None

    def row(self) -> dict[str, Any]:
        """Return it as a row of the answer."""
        return asdict(self) | {"change": self.text}


def rate_change(
    figure: str, group: str, before: float | None, current: float | None, good: bool, n: int, label: str = "",
    field: str = "",
) -> Change | None:  # fmt: skip
    """Return the change of a rate, None where either side is unknown. A change among few accounts weighs less.

    `label`: what the rate is called, where not as usual. `field`: the dimension whose value `group` is.
    """
    if before is None or current is None:
        return None
    size = abs(current - before) / MATERIAL[figure] * min(1.0, n / SMALL_BASE)
    where = "" if group == EVERYTHING else f" in {group}"
    label, rose = label or LABELS[figure], current > before
    difference, value = change(current, before, "share").lstrip("+−"), share(current, n)
    return Change(
        figure, group, before, current, "share", good,
        text=f"{label}{where} {'rose' if rose else 'fell'} {difference} to {value}",
        what=f"{label}{where} {'up' if rose else 'down'} {difference}",
        amount=value,
        size=size,
        n=n,
        doubt=small_base_note(n, "tickets" if figure == "howto_share" else "accounts"),
        field=None if group == EVERYTHING else field,
    )  # fmt: skip
