"""What a person sees, and what was changed of people, in words."""

from __future__ import annotations

from collections.abc import Iterable

from cs_dash.decisions.log import Decision
from cs_dash.decisions.people import CSM, ROLES, Person, from_recorded
from cs_dash.ui.pages.data.versions import by_whom, moment

LISTED = 50


def limits_text(person: Person) -> str:
    """Return what a person sees: "All accounts, without names"."""
    if person.role == CSM:
        return f"Accounts of {person.csm}"
    hidden = [name for name, hide in (("names", person.hide_names), ("money", person.hide_money)) if hide]
    accounts = "; ".join(f"{name} {', '.join(values)}" for name, values in person.filters)
    without = f", without {' and '.join(hidden)}" if hidden else ""
    return (accounts or "All accounts") + without


def history_lines(changes: Iterable[Decision]) -> list[str]:
    """Return the newest changes in words, newest first: "bo@example.com: Viewer, all accounts, by ... on ..."."""
    return [
        f"{row.subject}: {_change(row)}{by_whom(row.person)}, {moment(row.at)}" for row in [*changes][::-1][:LISTED]
    ]


def _change(row: Decision) -> str:
    if row.value is None:
        return "removed"
    person = from_recorded(row.subject, row.value)
    text = limits_text(person)
    return f"{ROLES[person.role]}, {text[:1].lower()}{text[1:]}"
