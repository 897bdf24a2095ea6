"""`person`: who may sign in, and in which role."""

from __future__ import annotations

import argparse
from typing import Any

from cs_dash.cli.arguments import option_pairs
from cs_dash.decisions import people
from cs_dash.decisions.people import ROLES, Person
from cs_dash.errors import BadInput, nearest
from cs_dash.pipeline import Workspace

Outcome = tuple[dict[str, Any], str]
HIDDEN = ("names", "money")


def decide(chosen: argparse.Namespace) -> Outcome:
    """Do what the command says, and return it for JSON and in words. Raises BadInput."""
    workspace = Workspace(chosen.workspace)
    if chosen.action == "list":
        listed = people.people(workspace)
        text = "\n".join(map(_line, listed)) or "Nobody may sign in yet: person add EMAIL --role admin"
        return {"people": [facts(person) for person in listed]}, text
    if chosen.action == "remove":
        people.remove(workspace, chosen.email)
        return {"email": chosen.email, "removed": True}, f"{chosen.email} may no longer sign in."
    write = people.add if chosen.action == "add" else people.change
    recorded = write(workspace, _person(chosen))
    return facts(recorded), _line(recorded)


def facts(person: Person) -> dict[str, Any]:
    """Return a person for JSON."""
    return {
        "email": person.email, "role": person.role, "csm": person.csm or None, "hide_names": person.hide_names,
        "hide_money": person.hide_money, "where": {name: list(values) for name, values in person.filters},
    }  # fmt: skip


def _line(person: Person) -> str:
    hidden = [name for name, hide in zip(HIDDEN, (person.hide_names, person.hide_money), strict=True) if hide]
    parts = [
        ROLES[person.role], person.csm and f"accounts of {person.csm}", hidden and f"{' and '.join(hidden)} hidden",
        *(f"{name} {', '.join(values)}" for name, values in person.filters),
    ]  # fmt: skip
    return f"{person.email}  {'; '.join(part for part in parts if part)}"


def _person(chosen: argparse.Namespace) -> Person:
    hidden = [name.strip() for name in chosen.hide.split(",") if name.strip()]
    if unknown := sorted(set(hidden) - set(HIDDEN)):
        raise BadInput("Cannot hide this", f"Could not hide {unknown[0]}.", nearest(unknown[0], HIDDEN))
    filters: dict[str, list[str]] = {}
    for given in chosen.where:
        ((name, value),) = option_pairs([given]).items()
        filters.setdefault(name, []).append(value)
    listed = tuple((name, tuple(values)) for name, values in filters.items())
    return Person(chosen.email, chosen.role, chosen.csm, "names" in hidden, "money" in hidden, listed)
