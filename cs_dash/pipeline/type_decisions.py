"""What people decide of the help desk's own types and tags, remembered and followed for every ticket that has them."""

from __future__ import annotations

from dataclasses import dataclass

from cs_dash.decisions import ticket_types
from cs_dash.decisions.labels import kind_named
from cs_dash.decisions.ticket_types import CHOICES, choice_for
from cs_dash.errors import BadInput, UnknownOption, nearest
from cs_dash.metrics import open_warehouse
from cs_dash.pipeline.ticket_kinds import derive_kinds
from cs_dash.store.acting import Right, require
from cs_dash.store.faults import after_a_decision
from cs_dash.store.workspace import Workspace
from cs_dash.tickets.classifier.column_kinds import tags_in, value_key
from cs_dash.tickets.classifier.type_terms import SAYS_NOTHING

_TYPES = (
    "select type as value, count(*) as tickets from tickets where type is not null group by type order by 2, 1 desc"
)
_TAGS = "select tags as value, count(*) as tickets from tickets where tags is not null group by tags"


@dataclass(frozen=True)
class TypeDecided:
    """What became of a decision.

    Attributes:
        value: the type or tag.
        choice: what holds of it from now on, None where that was taken back.
        before: what held before, None where nobody had said anything.
    """

    value: str
    choice: str | None
    before: str | None


def decide_type(workspace: Workspace, value: str, choice: str | None) -> TypeDecided:
    """Remember what a person decides of a raw type or tag, make the kinds of tickets follow, and return what changed.

    Args:
        workspace: the workspace. Nothing need be loaded: it counts for later loads too.
        value: the type or the tag as the export has it, in any letters' case.
        choice: one of `CHOICES`, or what help desks call a kind ("bug"); None takes back what was decided.

    Raises:
        NotAllowed: who is acting may not change categories.
        BadInput: there is no value.
        UnknownOption: a choice that is none.
    """
    require(Right.LABEL)
    value = value.strip()
    if not value:
        raise BadInput("No type", "Could not map a type because none was named.", "Name it as the export does.")
    before, after = choice_for(value, ticket_types.decided(workspace)), choice_named(choice)
    ticket_types.decide(workspace, value, after)
    version = workspace.current()
    if version is not None:
        with after_a_decision():
            derive_kinds(workspace, version)
    return TypeDecided(value, after, before)


def choice_named(choice: str | None) -> str | None:
    """Return the decision that a word means: "bug" is a defect. Raises UnknownOption when it means none."""
    if choice is None or choice.strip().casefold() == SAYS_NOTHING:
        return choice and SAYS_NOTHING
    try:
        return kind_named(choice.strip())
    except UnknownOption:
        raise UnknownOption(
            "Unknown category",
            f"Could not map a type to {choice!r} because that is not a ticket category.",
            nearest(choice, CHOICES),
        ) from None


def tickets_with(workspace: Workspace, value: str) -> tuple[int, str]:
    """Return how many tickets of the shown version have a type or a tag, and, where none has, a hint at what they have.

    (0, "") where nothing is loaded.
    """
    version = workspace.current()
    if version is None:
        return 0, ""
    warehouse = open_warehouse(workspace.file_of(version))
    try:
        types, tags = warehouse.query(_TYPES).to_pylist(), warehouse.query(_TAGS).to_pylist()
    finally:
        warehouse.close()
    key = value_key(value)
    count = sum(row["tickets"] for row in types if value_key(row["value"]) == key)
    count = count or sum(row["tickets"] for row in tags if key in map(value_key, tags_in(row["value"])))
    if count:
        return count, ""
    # Of one type written in several ways the most frequent one is named.
    return 0, nearest(value, {value_key(row["value"]): row["value"] for row in types}.values())
