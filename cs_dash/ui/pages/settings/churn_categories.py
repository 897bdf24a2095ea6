"""The categories of churn reasons on the settings page: one grid to rename them, judge them and add to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import streamlit as st

from cs_dash import pipeline
from cs_dash.decisions import churn_categories as category_decisions
from cs_dash.decisions.churn_categories import Category
from cs_dash.decisions.workspace_categories import categories, standard
from cs_dash.look import words
from cs_dash.pipeline import SettingLine, Workspace
from cs_dash.pipeline.settings import TAXONOMY, of_categories
from cs_dash.ui.components import controls
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import note_lines, section_head
from cs_dash.ui.components.text import locale
from cs_dash.ui.pages.data.versions import by_whom, moment
from cs_dash.ui.state import keys
from cs_dash.ui.state.person import person_field

CONTROLLABLE: dict[bool | None, str] = {True: "yes", False: "no", None: "not set"}
INTRODUCTION = (
    "The categories of recorded reasons. A renamed category keeps its reasons; your own words assign reasons that "
    "contain one of them. Remove a line to reset a category, or to delete one of your own."
)


def churn_categories(workspace: Workspace, lines: Sequence[SettingLine]) -> None:
    """Show the categories as a grid, and keep what was edited."""
    current = categories(category_decisions.decided(workspace))
    changed = [line for line in lines if line.given]
    section_head(TAXONOMY, INTRODUCTION)
    edited = st.data_editor(
        pa.Table.from_pylist(rows_of(current)),
        key=f"categories_{hash(current)}",
        num_rows="dynamic",
        height="content",
        hide_index=True,
        column_order=("name", "controllable", "payment", "words"),
        column_config={
            "name": controls.TextColumn("Category", required=True, width="medium"),
            "controllable": controls.SelectboxColumn(
                "Avoidable", options=list(CONTROLLABLE.values()), default="not set",
                help="Whether you could have retained the account.",
            ),
            "payment": controls.CheckboxColumn(
                "Payment failed", default=False, help="Involuntary churn: a payment failed."
            ),
            "words": controls.TextColumn(
                "Your own words", help="Separated by commas, in addition to the built-in words."
            ),
        },
    )  # fmt: skip
    if changed:
        note_lines([changed_text(line) for line in changed])
    with st.container(horizontal=True, vertical_alignment="bottom"):
        person_field("categories_person")
        saved = controls.button("Save", key="categories_save", type="primary")
    if saved:
        with guarded():
            _save(workspace, changes(current, edited.to_pylist()))


def changed_text(line: SettingLine) -> str:
    """Return who changed a category and when: "Price: changed by Ana on 3 May 2026, 10:12"."""
    when = f" on {moment(line.changed_at)}" if line.changed_at else ""
    return f"{line.title}: changed{by_whom(line.changed_by)}{when}"


def rows_of(current: Iterable[Category]) -> list[dict[str, Any]]:
    """Return the categories as rows of the grid."""
    return [
        {"key": category.key, "name": category.name, "controllable": CONTROLLABLE[category.controllable],
         "payment": category.payment, "words": ", ".join(category.words)}
        for category in current
    ]  # fmt: skip


def changes(current: Iterable[Category], rows: Iterable[Mapping[str, Any]]) -> dict[str, Category | None]:
    """Return what the edited rows change: key -> the category, or None where its row is gone."""
    edited: dict[str, Category] = {}
    for row in rows:
        name = " ".join((row["name"] or "").replace(";", ",").split())
        key = row["key"] or name
        judged = {answer: value for value, answer in CONTROLLABLE.items()}[row["controllable"] or "not set"]
        own = tuple(word.strip() for word in (row["words"] or "").replace(";", ",").split(",") if word.strip())
        edited[key] = Category(key, name, judged, bool(row["payment"]), own)
    before = {category.key: category for category in current}
    removed = {key: None for key in before if key not in edited and before[key] != standard(key)}
    return removed | {key: category for key, category in edited.items() if category != before.get(key)}


def _save(workspace: Workspace, changed: Mapping[str, Category | None]) -> None:
    decided = pipeline.change(workspace, of_categories(changed))
    count_text = words.plural(len(decided.names), "category", "categories", locale=locale())
    st.session_state[keys.SETTINGS_MESSAGE] = (
        f"{count_text} changed. The Churn page uses them now." if decided.names else "No changes."
    )
    st.rerun()
