"""What people decide of the help desk's own types and tags: kept among the settings, for all tickets, also later ones.

Every decision is one setting, named after the value as it was written; values that differ in letters' case or signs
only are one.
"""

from __future__ import annotations

from collections.abc import Mapping

from cs_dash.tickets.classifier.column_kinds import value_key
from cs_dash.tickets.classifier.type_terms import KINDS, NOT_A_TICKET, SAYS_NOTHING

SETTING = "ticket type: "
CHOICES = (*KINDS, NOT_A_TICKET, SAYS_NOTHING)
"""What can be decided of a value."""


def decisions(settings: Mapping[str, object]) -> dict[str, str]:
    """Return what was decided, {raw value: one of `CHOICES`}; what is no such thing is left out."""
    return {
        name.removeprefix(SETTING): str(value)
        for name, value in settings.items()
        if name.startswith(SETTING) and value in CHOICES
    }


def changed(value: str, choice: str | None, settings: Mapping[str, object]) -> dict[str, str | None]:
    """Return the settings by which `choice` holds for a value from now on; None takes back what was decided.

    `settings`: those that hold; what was decided of the value in other letters is forgotten.
    """
    key = value_key(value)
    found: dict[str, str | None] = {SETTING + each: None for each in decisions(settings) if value_key(each) == key}
    return found if choice is None else found | {SETTING + value.strip(): choice}


def decided_of(value: str, settings: Mapping[str, object]) -> str | None:
    """Return what was decided of a value, or None."""
    return next((choice for each, choice in decisions(settings).items() if value_key(each) == value_key(value)), None)
