"""The categories of churn reasons on the settings page: one grid to rename them, judge them and add to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import streamlit as st

from cs_dash import pipeline
from cs_dash.decisions import churn_categories as category_decisions
from cs_dash.decisions.churn_categories import Category
from cs_dash.look import words
from cs_dash.pipeline import Line, Workspace
from cs_dash.pipeline.settings import TAXONOMY, of_categories
from cs_dash.questions.churn.categories import categories, standard
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import html
from cs_dash.ui.components.text import escaped, locale
from cs_dash.ui.state import keys

JUDGED: dict[bool | None, str] = {True: "yes", False: "no", None: "not judged"}
SAYS = (
    "Where recorded reasons belong. A category that gets another name keeps its reasons; your own words place a "
    "recorded reason that has one of them. Remove a line to have a category as it began; one of your own then goes."
)


def churn_categories(workspace: Workspace, lines: Sequence[Line]) -> None:
    """Show the categories as a grid, and keep what was edited."""
    found = categories(category_decisions.decided(workspace))
    changed = [each for each in lines if each.given]
    html(f'<h2>{escaped(TAXONOMY)}</h2><p class="note">{escaped(SAYS)}</p>')
    edited = st.data_editor(
        pa.Table.from_pylist(rows_of(found)),
        key=f"categories_{hash(found)}",
        num_rows="dynamic",
        height="content",
        hide_index=True,
        column_order=("name", "controllable", "payment", "words"),
        column_config={
            "name": st.column_config.TextColumn("Category", required=True, width="medium"),
            "controllable": st.column_config.SelectboxColumn(
                "Controllable", options=list(JUDGED.values()), default="not judged",
                help="Whether you could have kept the account.",
            ),
            "payment": st.column_config.CheckboxColumn(
                "Payment failed", default=False, help="The customer did not decide: a payment failed."
            ),
            "words": st.column_config.TextColumn(
                "Your own words", help="Separated by commas. The words that come with the product count beside them."
            ),
        },
    )  # fmt: skip
    said = ", ".join(each.title for each in changed)
    if said:
        html(f'<p class="note">Other than they began: {escaped(said)}.</p>')
    if st.button("Save", key="categories_save", type="primary"):
        with guarded():
            _save(workspace, changes(found, edited.to_pylist()))


def rows_of(found: Iterable[Category]) -> list[dict[str, Any]]:
    """Return the categories as rows of the grid."""
    return [
        {"key": each.key, "name": each.name, "controllable": JUDGED[each.controllable], "payment": each.payment,
         "words": ", ".join(each.words)}
        for each in found
    ]  # fmt: skip


def changes(found: Iterable[Category], rows: Iterable[Mapping[str, Any]]) -> dict[str, Category | None]:
    """Return what the edited rows change: key -> the category, or None where its row is gone."""
    wanted: dict[str, Category] = {}
    for row in rows:
        name = " ".join((row["name"] or "").replace(";", ",").split())
        key = row["key"] or name
        judged = {said: value for value, said in JUDGED.items()}[row["controllable"] or "not judged"]
        own = tuple(each.strip() for each in (row["words"] or "").replace(";", ",").split(",") if each.strip())
        wanted[key] = Category(key, name, judged, bool(row["payment"]), own)
    before = {each.key: each for each in found}
    gone = {key: None for key in before if key not in wanted and before[key] != standard(key)}
    return gone | {key: each for key, each in wanted.items() if each != before.get(key)}


def _save(workspace: Workspace, changed: Mapping[str, Category | None]) -> None:
    decided = pipeline.change(workspace, of_categories(changed))
    told = words.plural(len(decided.names), "category", "categories", locale=locale())
    st.session_state[keys.SETTINGS_MESSAGE] = (
        f"{told} changed; the Churn page counts so." if decided.names else "It was so already."
    )
    st.rerun()
