"""Links to the roadmap from where evidence is: "Add to roadmap", or the item that it is already on."""

from __future__ import annotations

from collections.abc import Sequence

from cs_dash.decisions import roadmap
from cs_dash.decisions.roadmap import Item
from cs_dash.sharing import Right
from cs_dash.ui.components.drawer import DrawerLink
from cs_dash.ui.state import address, session
from cs_dash.ui.state.reader import may
from cs_dash.ui.state.topic_links import current_topic

NEW, FIX, YES = "new", "fix", "yes"
ADD = "Add to roadmap"
SOURCES = {"topics": "topic", "requests": "request", "reasons": "reason"}
"""Kind of evidence -> what the address of the page calls it."""


def topic_link(snapshot: session.Snapshot, topic: str, fix: str = "") -> DrawerLink | None:
    """Return the link to the item that stands for a topic already, else to a new item made from it.

    None where the reader may add none. `fix`: the kind of fix that is proposed; "" for none.
    """
    on_roadmap = {
        current_topic(snapshot, named): item for item in items_of_workspace() for named in item.evidence["topics"]
    }
    return _link("topics", [topic], on_roadmap.get(topic), fix)


def evidence_link(kind: str, evidence: Sequence[str], items: Sequence[Item]) -> DrawerLink | None:
    """Return the link to the item that stands for some of this evidence already, else to a new item made from it.

    None where the reader may add none. `kind`: requests or reasons, compared in any letter case.
    """
    wanted = {text.casefold() for text in evidence}
    known = (item for item in items if wanted & {text.casefold() for text in item.evidence[kind]})
    return _link(kind, evidence, next(known, None))


def items_of_workspace() -> tuple[Item, ...]:
    """Return the items on the roadmap."""
    return roadmap.items(session.workspace())


def _link(kind: str, evidence: Sequence[str], item: Item | None, fix: str = "") -> DrawerLink | None:
    if item:
        return DrawerLink(f"On the roadmap: {item.title}", address.link("roadmap", item=item.item_id))
    if not may(Right.DECIDE):
        return None
    fix = fix if fix in roadmap.FIXES else ""
    return DrawerLink(ADD, address.link("roadmap", **{NEW: YES, SOURCES[kind]: list(evidence), FIX: fix}))
