"""The commands of the audit: draw a sample when it is asked for, take in what people say of it."""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cs_dash.errors import UnknownOption, nearest
from cs_dash.look.words import count, plural
from cs_dash.metrics import Warehouse
from cs_dash.pipeline import Workspace
from cs_dash.pipeline.audit import draw, take_in
from cs_dash.pipeline.label_files import said_in
from cs_dash.questions.support.audits.audit import DEFAULT_SIZE, sample_size
from cs_dash.questions.support.period import SAMPLE_WINDOWS, window_scope
from cs_dash.scope import Scope

SAMPLE = "support.audit_sample"
OPTIONS = ("person", "audit")


def draw_sample(workspace: Workspace, warehouse: Warehouse, scope: Scope, options: Mapping[str, str]) -> None:
    """Draw what `ask support.audit_sample` asks for, before it is shown. Raises UnknownOption and NoData."""
    window = options.get("window", SAMPLE_WINDOWS[0])
    if window not in SAMPLE_WINDOWS:
        raise UnknownOption(
            "Unknown window",
            f"Could not use window={window} because it is not one of the choices.",
            nearest(window, SAMPLE_WINDOWS),
        )
    size, newest = sample_size(options.get("n", DEFAULT_SIZE)), warehouse.newest_day()
    if newest is None:
        return
    resolved = scope.resolved(newest)
    # A period that somebody names is meant; the usual one is not: a sample of all tickets serves every period.
    if scope.period == "custom" and "window" not in options:
        window = "period"
    draw(
        workspace, warehouse, window_scope(resolved, resolved.as_of or newest, window), size,
        fresh=options.get("fresh", "no") == "yes",
    )  # fmt: skip


def label_audit(workspace: Workspace, file: Path, options: Mapping[str, str]) -> tuple[dict[str, Any], str]:
    """Take in a file of (ticket_id, kind) as one person's answers to the newest audit; return it as facts and in words.

    Option: person=NAME where several people check; else who is logged in.

    Raises UnknownOption, and what `pipeline.audit.take_in` raises.
    """
    for name in options:
        if name not in OPTIONS:
            raise UnknownOption(
                "Unknown option",
                f"Could not label with {name} because there is no such option.",
                nearest(name, OPTIONS),
            )
    person = options.get("person", "").strip() or _login()
    audit, labels = take_in(workspace, said_in(file), person)
    decided = len({answer.ticket_id for answer in audit.answers if answer.kind is not None})
    facts = {"audit": audit.number, "person": person, "labels": labels, "drawn": len(audit.sample), "checked": decided}
    words = (
        f"{plural(labels, 'label')} of {person} saved; {count(decided)} of {count(len(audit.sample))} sampled tickets"
    )
    return facts, f"{words} are audited."


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no name for the user of this process
        return "somebody"
