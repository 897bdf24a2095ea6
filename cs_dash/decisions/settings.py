"""Settings that somebody chose, and every change of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cs_dash.decisions import log
from cs_dash.decisions.log import Entry, Kind
from cs_dash.store.acting import Right
from cs_dash.store.workspace import Workspace

SETTING = Kind("setting", "The value of a setting", Right.SETTINGS, in_sql=True)
KINDS = (SETTING,)


@dataclass(frozen=True)
class SettingChange:
    """A change of a setting, or of another decision that a line of the settings page shows.

    Attributes:
        name: the setting.
        before: its value before; None where nobody had chosen one.
        after: its value since; None where it was given back to its default.
        changed_at: when, in UTC.
        person: who changed it; "" where nobody is named.
    """

    name: str
    before: Any
    after: Any
    changed_at: dt.datetime
    person: str = ""


def chosen(workspace: Workspace) -> dict[str, Any]:
    """Return every setting that somebody chose, by name; what is not here has its default."""
    rows = log.in_force(workspace, SETTING.name)
    return {row.subject: row.value for row in sorted(rows, key=lambda row: row.subject)}


def entries(values: Mapping[str, Any]) -> list[Entry]:
    """Return the entries by which settings get these values; None gives one back to its default."""
    return [Entry(SETTING.name, name, value) for name, value in values.items()]


def choose(workspace: Workspace, values: Mapping[str, Any], *, person: str = "") -> None:
    """Give settings these values, all or none; None gives one back to its default."""
    log.change(workspace, entries(values), person=person)


def changes(workspace: Workspace, kind: str = SETTING.name) -> tuple[SettingChange, ...]:
    """Return every change of a setting, oldest first; `kind`: of the subjects of another kind of decision."""
    before: dict[str, Any] = {}
    made = []
    for row in log.history(workspace, kind):
        made.append(SettingChange(row.subject, before.get(row.subject), row.value, row.at, row.person))
        before[row.subject] = row.value
    return tuple(made)
