"""What holds now of all that definitions read: one value, which opens a version and is a key of caches."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cs_dash.decisions import log
from cs_dash.store.workspace import Workspace


@dataclass(frozen=True)
class CurrentDecisions:
    """What people decided, as definitions read it.

    Attributes:
        settings: (name, value) of the settings that somebody chose, by name.
        decisions: (kind, subject, value) of the decisions that definitions read, by kind and subject. A value that is
            not a text is JSON.
    """

    settings: tuple[tuple[str, str], ...] = ()
    decisions: tuple[tuple[str, str, str], ...] = ()


NOTHING_DECIDED = CurrentDecisions()


def current_decisions(workspace: Workspace) -> CurrentDecisions:
    """Return what holds now in a workspace."""
    from cs_dash.decisions.kinds import all_kinds  # it imports every module of this package
    from cs_dash.decisions.settings import SETTING

    read = {kind.name for kind in all_kinds().values() if kind.in_sql}
    rows = log.in_force(workspace, SETTING.name, *read)
    return decided(
        {row.subject: row.value for row in rows if row.kind == SETTING.name},
        {(row.kind, row.subject): row.value for row in rows if row.kind != SETTING.name},
    )


def decided(
    settings: Mapping[str, Any] | None = None, decisions: Mapping[tuple[str, str], Any] | None = None
) -> CurrentDecisions:
    """Return the value for these settings (name -> value) and decisions ((kind, subject) -> value)."""
    return CurrentDecisions(
        tuple(sorted((name, str(value)) for name, value in (settings or {}).items())),
        tuple(sorted((kind, subject, _text(value)) for (kind, subject), value in (decisions or {}).items())),
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
