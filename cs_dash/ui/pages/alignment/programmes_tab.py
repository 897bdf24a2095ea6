"""Beta and pilot programmes: the list, the accounts of one, and the forms to add and remove them."""

from __future__ import annotations

import streamlit as st

from cs_dash.decisions import programmes
from cs_dash.decisions.programmes import Programme
from cs_dash.errors import BadInput
from cs_dash.look.templates import render
from cs_dash.sharing import Right
from cs_dash.ui.components import controls
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import html, note
from cs_dash.ui.components.show.table import table_of
from cs_dash.ui.pages.alignment.page_tabs import page_tabs
from cs_dash.ui.pages.page import View
from cs_dash.ui.state import address, keys, session
from cs_dash.ui.state.person import person_entry, set_person
from cs_dash.ui.state.reader import may

EDIT, NEW, PROGRAMME = "edit", "new", "programme"
"""What the address says: that the form is open, and the programme whose accounts are listed."""


def programmes_tab(view: View) -> None:
    """Show the programmes and the accounts of one; without any, the form of the first one."""
    listed = view.ask("alignment.programmes")
    rows = listed.result().rows.to_pylist()
    ids = [row["programme"] for row in rows]
    chosen = view.address_value(PROGRAMME)
    shown = chosen if chosen in ids else (ids[0] if ids else "")
    accounts = view.ask("alignment.programme_accounts", **({PROGRAMME: shown} if shown else {}))
    answer = listed.result()

    def above_table() -> bool:
        page_tabs(view)
        if may(Right.DECIDE) and (view.address_value(EDIT) or not rows):
            _form(view, can_close=bool(rows))
        elif may(Right.DECIDE):
            add = {"label": "Add programme", "href": address.link_here("alignment", edit=NEW), "current": False}
            html(render("roadmap/actions.html", actions=[add | {"first": True}]))
        table_of(answer, "Programmes", "programmes", opens=False)
        if len(ids) > 1:
            _choice(rows, shown)
        return True

    title = next((row["title"] for row in rows if row["programme"] == shown), "")
    view.show(
        listed, table=accounts, heading=f"Accounts in “{title}”", figures=("programmes", "accounts", "mrr"),
        above_table=above_table,
    )  # fmt: skip
    recorded = {programme.programme_id for programme in programmes.programmes(session.workspace())}
    if shown in recorded and may(Right.DECIDE):
        _removal(shown, title)


def _choice(rows: list[dict[str, str]], shown: str) -> None:
    links = [
        {"label": row["title"], "href": address.link_here("alignment", programme=row["programme"]), "first": False}
        | {"current": row["programme"] == shown}
        for row in rows
    ]
    html(render("roadmap/actions.html", actions=links))


def _form(view: View, *, can_close: bool) -> None:
    with st.container(border=True, key="programme_form"), st.form("programme", border=False):
        html(
            render(
                "components/chart_title.html",
                title="New programme",
                note="Which accounts try it, and from when.",
            )
        )
        with st.container(horizontal=True):
            title = controls.text_input("Feature or offer on trial", max_chars=120, key="programme_title", width=320)
            since = controls.date_input("Since", None, key="programme_since", width=150)
            until = controls.date_input("Until", None, key="programme_until", width=150)
        ids = controls.text_area(
            "Accounts", placeholder="One account ID per line: ACC-1001", key="programme_accounts", height=110
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            person = person_entry("programme_person")
            pressed = controls.form_submit_button("Add programme", type="primary")
            if can_close:
                controls.form_submit_button("Cancel", on_click=address.write_choice, args=(EDIT, ""), type="tertiary")
    if not pressed:
        return
    set_person(person)
    with guarded():
        if since is None:
            raise BadInput("No first day", "Could not add the programme because it has no first day.", "Choose a day.")
        typed = [name.strip() for name in (ids or "").replace(",", "\n").splitlines() if name.strip()]
        known = view.snapshot.warehouse("account_names")["account_id"].to_pylist()
        accounts = programmes.account_list(typed, known)
        programmes.add(session.workspace(), Programme(title or "", since, accounts, until), person=person)
        st.session_state[keys.ALIGNMENT_MESSAGE] = "Programme added."
        address.write_choice(EDIT, "")
        st.rerun()


def _removal(programme_id: str, title: str) -> None:
    with controls.popover("Remove programme", key="programme_removal"):
        note(f"“{title}” goes from this page; its accounts and their data stay.")
        if controls.button("Remove this programme", key="programme_remove"):
            with guarded():
                programmes.remove(session.workspace(), programme_id)
                st.session_state[keys.ALIGNMENT_MESSAGE] = "Programme removed."
                st.rerun()
