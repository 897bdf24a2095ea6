"""`label`: what people say tickets are, one by one as corrections or as answers to an audit, or by their type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cs_dash import pipeline
from cs_dash.cli import audits, text
from cs_dash.errors import BadInput, UnknownOption
from cs_dash.look import words
from cs_dash.pipeline import Workspace
from cs_dash.tickets.classifier.type_terms import SAYS_NOTHING

YES, NO = ("true", "yes", "1"), ("false", "no", "0")
Outcome = tuple[dict[str, Any], str, bool]
"""What was said: as facts, in words, and whether anything was to be done."""


def label(workspace: Workspace, file: Path | None, type: Sequence[str], options: Mapping[str, str]) -> Outcome:
    """Remember what tickets are, as a file says or by their type, and return it.

    Args:
        workspace: where it is remembered.
        file: a spreadsheet of labels.
        type: in its place, a type or tag and, unless its choice is taken back, what it counts as.
        options: of the file; with audit=true it answers the newest audit.

    Raises BadInput where not just one of them is given, and what `label_type` and `label_file` raise.
    """
    example = 'Write label labels.csv, or label --type "Tier 2" defect.'
    if type and (file or options):
        other = "a file" if file else "an option"
        raise BadInput("Conflicting options", f"Could not label a type together with {other}.", example)
    if len(type) > 2:
        raise BadInput(
            "Too many words",
            f"Could not label the type {type[0]} as {' '.join(type[1:])!r} because it needs one category.",
            'Put a name of several words between quotes: --type "Tier 2" "feature request".',
        )
    if type:
        return label_type(workspace, *type)
    if file is None:
        raise BadInput("Nothing to label", "Could not label because neither a file nor a type is named.", example)
    return label_file(workspace, file, options)


def label_type(workspace: Workspace, value: str, choice: str | None = None) -> Outcome:
    """Remember what a type or tag counts as, and return it as facts, in words, and whether anything was to be done.

    Raises what `pipeline.decide_type` raises.
    """
    done = pipeline.decide_type(workspace, value, choice or None)
    tickets, hint = pipeline.tickets_with(workspace, done.value)
    facts = {"type": done.value, "kind": done.choice, "before": done.before, "tickets": tickets}
    if done.choice is None and done.before is None:
        return facts, f"{done.value} was not mapped before.", False
    have = f"{words.plural(tickets, 'ticket has', 'tickets have')} this type."
    if not tickets:
        have = f"no ticket has this type yet. {hint}".strip()
    if done.choice is None:
        return facts, f"{done.value} is mapped automatically again: {have}", True
    counts = "is mapped to no category" if done.choice == SAYS_NOTHING else f"is mapped to {done.choice}"
    return facts, f"{done.value} {counts}: {have}", True


def label_file(workspace: Workspace, file: Path, options: Mapping[str, str]) -> Outcome:
    """Take in a file of labels, and return it as facts, in words, and whether it named a ticket that is there.

    With audit=true the file answers the newest audit, which teaches no model; without it, it corrects kinds.

    Raises UnknownOption, and what `pipeline.label_file` and `pipeline.audit.take_in` raise.
    """
    file_options = {name: value for name, value in options.items() if name != "audit"}
    audit = options.get("audit", NO[0]).casefold()
    if audit not in (*YES, *NO):
        raise UnknownOption("Unknown choice", f"Could not use audit={audit}.", "Write audit=true or leave it out.")
    if audit in YES:
        return *audits.label_audit(workspace, file, file_options), True
    labelled = pipeline.label_file(workspace, file, file_options)
    return labelled.as_dict(), text.labelled(labelled), bool(labelled.labelled)
