"""What people decide of sheets: which table they feed, which column is which field, how they are read."""

from __future__ import annotations

from collections.abc import Iterable

from cs_dash.decisions import log
from cs_dash.decisions.log import Entry, Kind
from cs_dash.intake.results.layouts import Layout, merged_layouts
from cs_dash.store.acting import Right
from cs_dash.store.workspace import Workspace

LAYOUT = Kind("layout", "How sheets with certain columns are read", Right.LOAD)
KINDS = (LAYOUT,)


def decided(workspace: Workspace) -> tuple[Layout, ...]:
    """Return what was decided of sheets, the latest decision last."""
    return tuple(Layout.from_dict(row.value) for row in log.in_force(workspace, LAYOUT.name))


def entries(workspace: Workspace, layouts: Iterable[Layout]) -> list[Entry]:
    """Return what is to be recorded of decisions about sheets, added to earlier ones about the same columns."""
    earlier = {layout.signature: layout for layout in decided(workspace)}
    changes = []
    for layout in merged_layouts(layouts):
        before = earlier.get(layout.signature)
        after = before.with_(layout) if before else layout
        if after != before and (before or after.has_decisions):
            changes.append(Entry(LAYOUT.name, after.signature, after.as_dict()))
    return changes
