"""All scores at once: impact, confidence and effort in a table that is edited, with who changed each and when."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from cs_dash.answer import Answer
from cs_dash.decisions import roadmap
from cs_dash.decisions.roadmap import CONFIDENCES, IMPACTS
from cs_dash.errors import Conflict
from cs_dash.look import words
from cs_dash.ui.components import controls
from cs_dash.ui.components.guard import complain, guarded
from cs_dash.ui.components.html import heading, message, note, one_place
from cs_dash.ui.components.show.charts import on_a_phone
from cs_dash.ui.components.text import locale
from cs_dash.ui.pages.data.versions import by_whom, moment
from cs_dash.ui.state import keys, session
from cs_dash.ui.state.person import person_entry, set_person

SCORED = ("impact", "confidence", "effort")
ITEM_WIDTH, PHONE_WIDTH = 290, 170  # pixels of the names; on a phone the scores are beside them


def score_table(answer: Answer) -> None:
    """Show the items that have not shipped as a table whose scores can be edited, and save what was changed."""
    rows = [row for row in answer.rows.to_pylist() if row["state"] != "shipped"]
    with one_place():
        if text := st.session_state.pop(keys.ITEM_MESSAGE, None):
            message(text)
    if not rows:
        note("All items have shipped; there is nothing to score.")
        return
    items = {item.item_id: item for item in roadmap.items(session.workspace())}
    last = {row.subject: row for row in roadmap.scores(session.workspace())}
    seen = st.session_state.setdefault(keys.SCORES_SEEN, {})
    for item in items.values():
        seen.setdefault(item.item_id, item.seen)
    frame = pd.DataFrame(
        [
            {
                "Item": row["title"], "Reach": row["reach"], "Impact": row["impact"], "Confidence": _percent(row),
                "Effort": row["effort"], "RICE": row["rice"],
                "Last change": f"{moment(last[row['item']].at)}{by_whom(last[row['item']].person)}"
                if row["item"] in last else "",
            }
            for row in rows
        ],
        index=[row["item"] for row in rows],
    )  # fmt: skip
    heading("Edit scores")
    generation = st.session_state.get(keys.SCORES_GENERATION, 0)
    with st.form("scores", border=False):
        edited = st.data_editor(
            frame,
            key=f"scores_{generation}",
            hide_index=True,
            placeholder="–",
            disabled=["Item", "Reach", "RICE", "Last change"],
            column_config={
                "Item": controls.TextColumn("Item", width=PHONE_WIDTH if on_a_phone() else ITEM_WIDTH),
                "Reach": controls.NumberColumn("Reach", help="Distinct accounts in the last 90 days"),
                "Impact": controls.SelectboxColumn("Impact", options=list(IMPACTS), required=False),
                "Confidence": controls.SelectboxColumn(
                    "Confidence, %", options=[int(share * 100) for share in CONFIDENCES], required=False
                ),
                "Effort": controls.NumberColumn("Effort, person-months", min_value=0.1, step=0.1),
                "RICE": controls.NumberColumn("RICE", format="%.0f"),
                "Last change": controls.TextColumn("Last change"),
            },
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            name = person_entry("scores_person")
            pressed = controls.form_submit_button("Save scores", type="primary")
    if pressed:
        set_person(name)
        with guarded():
            _save(rows, edited, seen, name)


def _percent(row: dict[str, Any]) -> float | None:
    return None if row["confidence"] is None else round(row["confidence"] * 100)


def _save(rows: list[dict[str, Any]], edited: pd.DataFrame, seen: dict[str, str], person: str) -> None:
    """Save each changed score; one that somebody else changed meanwhile is named and left as they made it."""
    saved, conflicts = 0, []
    for row in rows:
        given = edited.loc[row["item"]]
        values = {
            "impact": _number(given["Impact"]),
            "confidence": None if _number(given["Confidence"]) is None else (_number(given["Confidence"]) or 0) / 100,
            "effort": _number(given["Effort"]),
        }
        changed = {name: value for name, value in values.items() if value is not None and value != row[name]}
        if not changed:
            continue
        try:
            roadmap.score(
                session.workspace(), row["item"], impact=changed.get("impact"), confidence=changed.get("confidence"),
                effort=changed.get("effort"), seen=seen[row["item"]], person=person,
            )  # fmt: skip
            saved += 1
        except Conflict as problem:
            conflicts.append(problem.message)
    st.session_state.pop(keys.SCORES_SEEN, None)
    if conflicts:
        for text in conflicts:
            complain("Changed meanwhile", text, "Your entries are still there: save again to replace it.")
        return
    st.session_state[keys.SCORES_GENERATION] = st.session_state.get(keys.SCORES_GENERATION, 0) + 1
    st.session_state[keys.ITEM_MESSAGE] = f"{words.plural(saved, 'score', locale=locale())} saved."
    st.rerun()


def _number(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)
