"""What product and customer success of the demo company put on their roadmap, and what they decided.

The items that shipped are those of `improvements`; what became of their tickets is for the product to find.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cs_dash.demo.improvements import IMPROVEMENTS


@dataclass(frozen=True)
class DemoItem:
    """An item of the demo company's roadmap; what nobody decided is None or "".

    Attributes:
        title: what it is called.
        fix: the kind of fix.
        topics: ids of the topics it is made from, as they are found in the demo company's tickets.
        requests: titles of the feature requests it is made from.
        reasons: recorded churn reasons it is made from.
        score: impact, confidence and effort in person-months.
        decision: accepted, deferred or declined.
        owner: the accountable person.
        team: product or cs.
        reason: why it was decided so.
        target: expected change of the rate of its topics.
        due: by when.
        decided: day of the decision.
        shipped: day it shipped.
    """

    title: str
    fix: str
    topics: tuple[str, ...]
    requests: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    score: tuple[float, float, float] | None = None
    decision: str = ""
    owner: str = ""
    team: str = ""
    reason: str = ""
    target: float | None = None
    due: date | None = None
    decided: date | None = None
    shipped: date | None = None


_SHIPPED = {improvement.key: improvement for improvement in IMPROVEMENTS}
DEMO_ITEMS = (
    DemoItem(
        _SHIPPED["IMP-1"].title, "usability", ("t-faf23121",), score=(2, 0.8, 3), decision="accepted",
        owner="Mara Okafor", team="product", reason="The largest topic, and most of it in the first 90 days",
        target=-0.4, due=date(2026, 2, 27), decided=date(2025, 11, 12), shipped=_SHIPPED["IMP-1"].shipped,
    ),
    DemoItem(
        _SHIPPED["IMP-2"].title, "usability", ("t-bf55dbf9", "t-6148a84f"), score=(2, 0.8, 2), decision="accepted",
        owner="Mara Okafor", team="product", reason="Asked for in every quarterly review", target=-0.3,
        due=date(2026, 3, 31), decided=date(2025, 11, 12), shipped=_SHIPPED["IMP-2"].shipped,
    ),
    DemoItem(
        _SHIPPED["IMP-3"].title, "in-product guidance", ("t-d78e5d78",), score=(1, 0.5, 1), decision="accepted",
        owner="Jun Wu", team="cs", reason="Quick to build", target=-0.25, due=date(2026, 3, 31),
        decided=date(2026, 1, 14), shipped=_SHIPPED["IMP-3"].shipped,
    ),
    DemoItem(
        _SHIPPED["IMP-4"].title, "usability", ("t-1bfdd7df",), score=(1, 0.8, 1.5), decision="accepted",
        owner="Lena Brandt", team="product", reason="Reminders are what crews complain about", target=-0.3,
        due=date(2026, 9, 30), decided=date(2026, 6, 17), shipped=_SHIPPED["IMP-4"].shipped,
    ),
    DemoItem(
        "Correct booked hours without an admin", "usability", ("t-cfcd54cb",), score=(2, 0.8, 2.5),
        decision="accepted", owner="Lena Brandt", team="product", reason="Payroll is late because of it",
        target=-0.35, due=date(2026, 12, 18), decided=date(2026, 9, 16),
    ),
    DemoItem(
        "Help articles on recurring jobs", "documentation", ("t-5cd5257b",), score=(1, 0.8, 0.5),
        decision="accepted", owner="Jun Wu", team="cs", reason="Nothing is written about it", target=-0.2,
        due=date(2026, 10, 30), decided=date(2026, 9, 16),
    ),
    DemoItem(
        "Timeline view over several weeks", "missing capability", ("t-f5755269",),
        requests=("Timeline view over several weeks",), score=(2, 0.5, 8), decision="deferred", owner="Mara Okafor",
        team="product", reason="Needs the new planning board first", decided=date(2026, 9, 16),
    ),
    DemoItem("Invite link for field crews", "in-product guidance", ("t-d63a02f1",), score=(2, 0.8, 1)),
    DemoItem(
        "Stock and parts in vans", "missing capability", ("t-a6fb74ec",), requests=("Stock in vans",),
        reasons=("Missing feature",),
    ),
)  # fmt: skip
