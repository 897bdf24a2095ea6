"""What a reader has begun to write of a goal: kept until it is saved, also where somebody else saved first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import streamlit as st

from cs_dash.decisions import goals
from cs_dash.decisions.goals import Goal
from cs_dash.errors import Conflict
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.state import address, keys, session


@dataclass(frozen=True)
class GoalDraft:
    """The state of a goal that the form on the screen shows.

    Attributes:
        goal_id: the goal; "new" for one that is not recorded yet.
        seen: the goal's `seen` when the form was filled, "" for a new one.
        generation: how often a form was filled anew; part of the names of its fields.
    """

    goal_id: str
    seen: str
    generation: int = 0

    def key(self, field: str) -> str:
        """Return the name of a field of the form."""
        return f"goal_{field}_{self.goal_id}_{self.generation}"


def open_draft(goal_id: str, goal: Goal | None) -> GoalDraft:
    """Return the draft of a goal: the one that is open, or a new one for who has just come to it."""
    draft: GoalDraft | None = st.session_state.get(keys.GOAL_DRAFT)
    if draft is None or draft.goal_id != goal_id:
        draft = GoalDraft(goal_id, goal.seen if goal else "", draft.generation + 1 if draft else 0)
        st.session_state[keys.GOAL_DRAFT] = draft
    return draft


def close_draft() -> None:
    """Take the form out of the address; what was typed in it is forgotten."""
    draft: GoalDraft | None = st.session_state.get(keys.GOAL_DRAFT)
    if draft is not None:
        st.session_state[keys.GOAL_DRAFT] = GoalDraft("", "", draft.generation + 1)
    query = address.read()
    address.write({name: values for name, values in query.items() if name not in ("edit", "confirm")})


def save(draft: GoalDraft, change: Callable[[], object], text: str) -> None:
    """Do a change and close the form; where somebody else was first, say so and keep what was typed."""
    with guarded():
        try:
            change()
        except Conflict:
            with guarded():
                current = goals.goal(session.workspace(), draft.goal_id)
                st.session_state[keys.GOAL_DRAFT] = replace(draft, seen=current.seen)
            raise
        close_draft()
        st.session_state[keys.ALIGNMENT_MESSAGE] = text
        st.rerun()
