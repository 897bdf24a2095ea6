"""Close the loop: which of the accounts that asked were told that an item shipped, by CSM."""

from __future__ import annotations

from typing import Any

import streamlit as st

from cs_dash.answer import Answer
from cs_dash.decisions import shipped_items
from cs_dash.decisions.roadmap import Item
from cs_dash.look import words
from cs_dash.look.templates import render
from cs_dash.ui.components import controls
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import html
from cs_dash.ui.components.text import locale
from cs_dash.ui.state import session

NO_CSM = "No CSM"


def tell_accounts(item: Item, rows: list[dict[str, Any]], messages: Answer) -> None:
    """Show for each CSM how many of the accounts were told, with the message to send, and let that be changed.

    `messages`: the answer to roadmap.messages.
    """
    texts = {row["csm"] or NO_CSM: f"{row['subject']}\n\n{row['text']}" for row in messages.rows.to_pylist()}
    by_csm: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_csm.setdefault(row["csm"] or NO_CSM, []).append(row)
    title, counted = "Tell the accounts that asked", _counted(rows)
    with st.container(border=True, key="item_tell"):
        html(render("components/chart_title.html", title=title, note=counted))
        for csm, of_csm in sorted(by_csm.items(), key=lambda pair: (-len(pair[1]), pair[0])):
            with controls.expander(f"{csm}: {_counted(of_csm)}"):
                if csm in texts:
                    key = f"message_{item.item_id}_{csm}_{len(texts[csm])}"
                    controls.text_area("Message to those not told yet", texts[csm], key=key, height=180)
                _list(item, csm, of_csm)


def _counted(rows: list[dict[str, Any]]) -> str:
    told = sum(row["told"] for row in rows)
    return f"{words.count(told, locale())} of {words.plural(len(rows), 'account', locale=locale())} told"


def _list(item: Item, csm: str, rows: list[dict[str, Any]]) -> None:
    names = {row["account_id"]: row["account"] or row["account_id"] for row in rows}
    before = [row["account_id"] for row in rows if row["told"]]
    key = f"told_{item.item_id}_{csm}_{len(before)}"
    with st.form(f"tell_{item.item_id}_{csm}", border=False):
        chosen = controls.multiselect("Told", list(names), default=before, format_func=names.__getitem__, key=key)
        with st.container(horizontal=True):
            pressed = controls.form_submit_button("Save")
            all_told = controls.form_submit_button("All told")
    if pressed or all_told:
        with guarded():
            after = set(names) if all_told else set(chosen)
            changes = {name: name in after for name in names if (name in after) != (name in before)}
            shipped_items.tell(session.workspace(), item.item_id, changes)
            st.rerun()
