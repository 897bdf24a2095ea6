"""Phrases of a workspace's own that suggest the kind of a ticket, language by language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cs_dash.decisions import log
from cs_dash.decisions.log import Entry, Kind
from cs_dash.store.acting import Right
from cs_dash.store.workspace import Workspace

LEXICON = Kind("lexicon", "The phrases of a language that suggest kinds of tickets", Right.LABEL)
KINDS = (LEXICON,)


def decided(workspace: Workspace) -> dict[str, Any]:
    """Return what was decided, by language code: {kind of ticket: [phrases]}; `lexicon.workspace_phrases` checks it."""
    return {row.subject: row.value for row in log.in_force(workspace, LEXICON.name)}


def decide(
    workspace: Workspace, language: str, phrases: Mapping[str, Sequence[str]] | None, *, person: str = ""
) -> None:
    """Let these phrases stand in the place of the shipped ones of their kinds; None gives those back."""
    value = None if phrases is None else {kind: list(listed) for kind, listed in phrases.items()}
    log.change(workspace, [Entry(LEXICON.name, language, value)], person=person)
