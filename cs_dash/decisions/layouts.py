"""What people decide of sheets: which table they feed, which column is which field, how they are read."""

from __future__ import annotations

from collections.abc import Iterable

from cs_dash.decisions import log
from cs_dash.decisions.log import Entry, Kind
from cs_dash.intake.results.layouts import Layout, merged_layouts
from cs_dash.store.workspace import Workspace

LAYOUT = Kind("layout", "How sheets with certain columns are read")
KINDS = (LAYOUT,)


def decided(workspace: Workspace) -> tuple[Layout, ...]:
    """Return what was decided of sheets, the latest decision last."""
    return tuple(Layout.from_dict(row.value) for row in log.in_force(workspace, LAYOUT.name))


def decide(workspace: Workspace, layouts: Iterable[Layout], *, person: str = "") -> None:
    """Record what was decided of sheets, added to what was decided earlier of the same columns."""
    earlier = {layout.signature: layout for layout in decided(workspace)}
    entries = []
    for layout in merged_layouts(layouts):
        before = earlier.get(layout.signature)
        after = before.with_(layout) if before else layout
        if after != before and after.has_decisions:
            entries.append(Entry(LAYOUT.name, after.signature, after.as_dict()))
    log.record(workspace, entries, person=person)
