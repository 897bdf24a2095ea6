"""Decisions that are made while a review is presented: the form of an item, what is typed into it, and its record."""

from __future__ import annotations

import datetime as dt
import json

from cs_dash.decisions import roadmap
from cs_dash.decisions.roadmap import Item
from cs_dash.errors import BadInput, NotAllowed
from cs_dash.pipeline import Workspace
from cs_dash.review.html import DecisionForm
from cs_dash.sharing import Reader, Right
from cs_dash.ui.pages.roadmap.item_history import decision_words
from cs_dash.ui.pages.roadmap.typed_values import number_of

FIELDS = {
    "item": 40, "seen": 40, "verdict": 20, "owner": 60, "team": 20, "due": 10, "target": 20, "reason": 300, "name": 60,
    "keep_reason": 3,
}  # fmt: skip
"""What is sent of a decision, and how many letters of each count at most."""


def decision_form(item: Item, language: str = "en", *, reasons: bool = True) -> DecisionForm:
    """Return the form of an item, filled with the decision that holds, which it says in words of a language.

    `reasons`: whether it shows why the decision was made; without, the reason stays unless another one is typed.
    """
    value = dict(item.parts.get("decision", {}))
    if not reasons:
        value.pop("reason", None)
    target = value.get("target")
    return DecisionForm(
        item.item_id,
        item.seen,
        decision_words(value, language) if value else "",
        value.get("decision") or "",
        value.get("owner") or "",
        value.get("team") or "",
        value.get("reason") or "",
        "" if target is None else f"{target * 100:g}%",
        value.get("due") or "",
        keep_reason=not reasons,
    )


def decision_values(body: bytes) -> dict[str, str]:
    """Return what was sent of a decision: each of `FIELDS`, "" where it is missing. Raises BadInput for the rest."""
    unreadable = BadInput(
        "Not a decision", "Could not save the decision because it could not be read.", "Reload the page."
    )
    try:
        content = json.loads(body)
    except ValueError:
        raise unreadable from None
    if not isinstance(content, dict):
        raise unreadable
    values = {name: content.get(name) or "" for name in FIELDS}
    texts = all(isinstance(value, str) and len(value) <= FIELDS[name] for name, value in values.items())
    if not texts or not values["item"] or not values["seen"]:  # else it would overwrite what others decided
        raise unreadable
    return values


def decide(workspace: Workspace, reader: Reader, values: dict[str, str], language: str = "en") -> dict[str, str]:
    """Record a decision and return it in words: {"text", "seen"}.

    Raises NotAllowed for who may not change the roadmap, BadInput for values that cannot be used, and Conflict where
    somebody else changed the item since the slide was made.
    """
    if not reader.may(Right.DECIDE):
        raise NotAllowed(
            "Not allowed", "Could not save the decision because you may not change the roadmap.", "Ask an admin."
        )
    reasons = not values["keep_reason"]
    reason = values["reason"]
    if not reason and not reasons:
        reason = roadmap.item(workspace, values["item"]).parts.get("decision", {}).get("reason") or ""
    roadmap.decide(
        workspace, values["item"], values["verdict"], owner=values["owner"], team=values["team"],
        reason=reason, target=number_of("target", values["target"]), due=_day(values["due"]),
        seen=values["seen"], person=reader.name or values["name"].strip(),
    )  # fmt: skip
    form = decision_form(roadmap.item(workspace, values["item"]), language, reasons=reasons)
    return {"text": form.text, "seen": form.seen}


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise BadInput("Not a date", f"Could not use “{text}” as the due day.", "Write it as 2026-12-31.") from None
