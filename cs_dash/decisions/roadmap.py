"""Roadmap items and what is decided of them: evidence, score, decision with one owner, and shipping."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cs_dash.decisions import log
from cs_dash.decisions.choices.owners import one_owner, team_of
from cs_dash.decisions.log import Decision, Entry, Kind
from cs_dash.errors import BadInput, Conflict, nearest
from cs_dash.store.acting import Right
from cs_dash.store.state import Connection
from cs_dash.store.workspace import Workspace

ITEM = Kind(
    "roadmap item", "A roadmap item: its title and the evidence that it is made from", Right.DECIDE, in_sql=True
)
SCORE = Kind("item score", "The impact, confidence and effort of a roadmap item", Right.DECIDE, in_sql=True)
VERDICT = Kind(
    "item decision", "Whether a roadmap item is accepted, deferred or declined, and by whom", Right.DECIDE, in_sql=True
)
SHIPPED = Kind("item shipped", "The day a roadmap item was shipped, and to whom", Right.DECIDE, in_sql=True)
TRACKED = Kind("item tracked", "The state of a roadmap item in the tool where it is built", Right.DECIDE, in_sql=True)
REVIEW = Kind(
    "item review", "Whether a decision on a roadmap item was kept, as said at a review", Right.DECIDE, in_sql=True
)
KINDS = (ITEM, SCORE, VERDICT, SHIPPED, TRACKED, REVIEW)

IMPACTS = (3.0, 2.0, 1.0, 0.5, 0.25)
CONFIDENCES = (1.0, 0.8, 0.5)
FIXES = ("documentation", "in-product guidance", "usability", "missing capability", "training")
VERDICTS = ("accepted", "deferred", "declined")
EVIDENCE = ("topics", "requests", "reasons")
"""What an item can be made from: ids of topics, titles of feature requests, recorded churn reasons."""
PARTS = {"score": SCORE, "decision": VERDICT, "shipped": SHIPPED, "tracked": TRACKED, "review": REVIEW}


@dataclass(frozen=True)
class Item:
    """One roadmap item as it is now.

    Attributes:
        item_id: R-1, R-2 ... in the order in which they were added.
        title: what it is called.
        fix: the kind of fix, one of `FIXES`; "" where nobody said.
        evidence: what it is made from: name of `EVIDENCE` -> the ids or texts.
        parts: what holds of each of `PARTS`, as the log has it; missing where nothing was decided.
        seen: changes with every change of the item; a writer who passes it learns of changes that he has not seen.
    """

    item_id: str
    title: str
    fix: str
    evidence: Mapping[str, tuple[str, ...]]
    parts: Mapping[str, Mapping[str, Any]]
    seen: str


def items(workspace: Workspace) -> tuple[Item, ...]:
    """Return every item that was not removed, in the order in which they were added."""
    with workspace.state.transaction() as connection:
        return _items(connection)


def _items(connection: Connection) -> tuple[Item, ...]:
    rows = log.in_force_within(connection, [ITEM.name, *(kind.name for kind in PARTS.values())])
    parts: dict[str, dict[str, Mapping[str, Any]]] = {}
    newest: dict[str, int] = {}
    part_of = {kind.name: name for name, kind in PARTS.items()}
    for row in rows:
        newest[row.subject] = max(row.number, newest.get(row.subject, 0))
        if row.kind != ITEM.name:
            parts.setdefault(row.subject, {})[part_of[row.kind]] = row.value
    listed = (
        Item(
            row.subject,
            row.value["title"],
            row.value.get("fix", ""),
            {name: tuple(row.value.get(name, ())) for name in EVIDENCE},
            parts.get(row.subject, {}),
            str(newest[row.subject]),
        )
        for row in rows
        if row.kind == ITEM.name
    )
    return tuple(sorted(listed, key=lambda item: _number(item.item_id)))


def item(workspace: Workspace, item_id: str) -> Item:
    """Return one item. Raises BadInput where there is none of this id."""
    return _named(items(workspace), item_id)


def _named(listed: Iterable[Item], item_id: str) -> Item:
    known = {one.item_id: one for one in listed}
    if item_id not in known:
        hint = nearest(item_id, known) if known else "Add one first: item add --title TITLE."
        raise BadInput("No such item", f"Could not find the item {item_id} because it is not on the roadmap.", hint)
    return known[item_id]


def add(
    workspace: Workspace,
    title: str,
    *,
    fix: str = "",
    evidence: Mapping[str, Iterable[str]] | None = None,
    person: str = "",
) -> str:
    """Add an item and return its id. Raises BadInput without a title, and for an unknown kind of fix or evidence."""
    value = _described(title, fix, evidence or {})
    with workspace.state.transaction(write=True) as connection:
        taken = map(_number, log.subjects_within(connection, ITEM.name))
        item_id = f"R-{max(taken, default=0) + 1}"
        log.append(connection, [Entry(ITEM.name, item_id, value)], person=person)
    return item_id


def describe(
    workspace: Workspace,
    item_id: str,
    title: str,
    *,
    fix: str = "",
    evidence: Mapping[str, Iterable[str]] | None = None,
    seen: str = "",
    person: str = "",
) -> None:
    """Change what an item is called and made from. Raises BadInput as `add` does, and Conflict as `change` does."""
    change(workspace, item_id, [Entry(ITEM.name, item_id, _described(title, fix, evidence or {}))], seen, person)


def remove(workspace: Workspace, item_id: str, *, seen: str = "", person: str = "") -> None:
    """Take an item off the roadmap, with all that was decided of it. Its id is never given again."""
    kinds = (ITEM, *PARTS.values())
    change(workspace, item_id, [Entry(kind.name, item_id, None) for kind in kinds], seen, person)


def score(
    workspace: Workspace,
    item_id: str,
    *,
    impact: float | None = None,
    confidence: float | None = None,
    effort: float | None = None,
    seen: str = "",
    person: str = "",
) -> None:
    """Change what is given of an item's impact, confidence (a share) and effort (person-months); the rest stays.

    Raises BadInput for a value that is not on the scale: see `IMPACTS` and `CONFIDENCES`; effort is above zero.
    """
    given = check_score(impact=impact, confidence=confidence, effort=effort)
    before = item(workspace, item_id).parts.get("score", {})
    merged = {**before, **given}
    change(workspace, item_id, [Entry(SCORE.name, item_id, merged)], seen, person)


def check_score(
    *, impact: float | None = None, confidence: float | None = None, effort: float | None = None
) -> dict[str, float]:
    """Return what is given of a score. Raises BadInput as `score` does."""
    given = {"impact": impact, "confidence": confidence, "effort": effort}
    for name, scale in (("impact", IMPACTS), ("confidence", CONFIDENCES)):
        value = given[name]
        if value is not None and value not in scale:
            choices = ", ".join(f"{step:.0%}" if name == "confidence" else f"{step:g}" for step in scale)
            raise BadInput("Not on the scale", f"Could not set {name} to {value:g}.", f"Choose one of {choices}.")
    if effort is not None and not 0 < effort <= 1000:
        raise BadInput(
            "Not an effort", f"Could not set effort to {effort:g} person-months.", "Give a number above 0, such as 1.5."
        )
    return {name: number for name, number in given.items() if number is not None}


def decide(
    workspace: Workspace,
    item_id: str,
    verdict: str,
    *,
    owner: str,
    team: str,
    reason: str = "",
    target: float | None = None,
    due: dt.date | None = None,
    on: dt.date | None = None,
    seen: str = "",
    person: str = "",
) -> None:
    """Record a decision, by exactly one accountable owner.

    Args:
        workspace: where it is recorded.
        item_id: the item.
        verdict: one of `VERDICTS`.
        owner: the person who is accountable: one name.
        team: one of `TEAMS`.
        reason: why.
        target: expected change of the rate of its topics: -0.3 is 30 % fewer tickets.
        due: by when.
        on: the day of the decision; None: today.
        seen: see `Item`.
        person: who records it.

    Raises BadInput where the owner is missing or not one person, and for unknown words.
    """
    if verdict not in VERDICTS:
        named = f"{verdict} is not one" if verdict else "none was chosen"
        hint = nearest(verdict, VERDICTS) if verdict else "Choose accepted, deferred or declined."
        raise BadInput("Not a decision", f"Could not save the decision of {item_id} because {named}.", hint)
    owner, team = one_owner(owner, item_id), team_of(team, item_id)
    if target is not None and not -1 <= target <= 1:
        raise BadInput("Not a target", f"Could not set a target of {target:g}.", "Give a change such as -30%.")
    value = {
        "decision": verdict, "owner": owner, "team": team, "reason": reason.strip(), "target": target,
        "due": due.isoformat() if due else None, "on": (on or dt.datetime.now(dt.UTC).date()).isoformat(),
    }  # fmt: skip
    change(workspace, item_id, [Entry(VERDICT.name, item_id, value)], seen, person)


def ship(
    workspace: Workspace,
    item_id: str,
    on: dt.date,
    *,
    accounts: Mapping[str, dt.date] | None = None,
    seen: str = "",
    person: str = "",
) -> None:
    """Record that an item shipped on a day to all accounts, or to some: account -> its day."""
    value = {
        "on": on.isoformat(),
        "accounts": {name: day.isoformat() for name, day in accounts.items()} if accounts is not None else None,
    }
    change(workspace, item_id, [Entry(SHIPPED.name, item_id, value)], seen, person)


def scores(workspace: Workspace) -> tuple[Decision, ...]:
    """Return the score that holds of each item, with who gave it and when."""
    return log.in_force(workspace, SCORE.name)


def history(workspace: Workspace, item_id: str) -> tuple[Decision, ...]:
    """Return all that was ever recorded of an item, oldest first."""
    with workspace.state.transaction() as connection:
        return _history(connection, item_id)


def _history(connection: Connection, item_id: str) -> tuple[Decision, ...]:
    rows = [row for kind in (ITEM, *PARTS.values()) for row in log.history_within(connection, kind.name)]
    return tuple(sorted((row for row in rows if row.subject == item_id), key=lambda row: row.number))


def change(workspace: Workspace, item_id: str, entries: Iterable[Entry], seen: str, person: str) -> None:
    """Record a change of an item. Raises Conflict where it was changed after `seen`, and says by whom and what."""
    with workspace.state.transaction(write=True) as connection:
        current = _named(_items(connection), item_id)
        if seen and current.seen != seen:
            later = [row for row in _history(connection, item_id) if row.number > int(seen)]
            raise _changed_meanwhile(item_id, later)
        log.change_within(connection, entries, person=person)


def _changed_meanwhile(item_id: str, later: Iterable[Decision]) -> Conflict:
    who = ", ".join(sorted({row.person or "somebody" for row in later})) or "somebody"
    what = ", ".join(dict.fromkeys(row.kind.removeprefix("item ").removeprefix("roadmap ") for row in later))
    return Conflict(
        "Changed meanwhile",
        f"Could not save because {who} changed the {what or 'item'} of {item_id} since you opened it.",
        "Nothing is lost: look at the change, then save again.",
    )


def _described(title: str, fix: str, evidence: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    title = " ".join(title.split())
    if not title:
        raise BadInput(
            "No title", "Could not add an item because it has no title.", "Say in a few words what to build."
        )
    if fix and fix not in FIXES:
        raise BadInput("Not a kind of fix", f"Could not use {fix} as the kind of fix.", nearest(fix, FIXES))
    if unknown := set(evidence) - set(EVIDENCE):
        raise BadInput(
            "Not evidence", f"Could not make an item from {', '.join(sorted(unknown))}.", f"Use {', '.join(EVIDENCE)}."
        )
    listed = {name: list(dict.fromkeys(evidence.get(name, ()))) for name in EVIDENCE}
    return {"title": title, "fix": fix} | {name: values for name, values in listed.items() if values}


def _number(item_id: str) -> int:
    return int(item_id.partition("-")[2])
