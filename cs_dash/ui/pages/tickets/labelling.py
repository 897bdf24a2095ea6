"""Labelling tickets one at a time by keyboard, the most informative for the model first."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import streamlit as st

from cs_dash import pipeline
from cs_dash.answer import Answer, Figure
from cs_dash.decisions import labels
from cs_dash.decisions.log import Batch
from cs_dash.look import words
from cs_dash.look.templates import render
from cs_dash.tickets.classifier.type_terms import KINDS, NOT_A_TICKET
from cs_dash.ui.components import controls
from cs_dash.ui.components.html import html, note
from cs_dash.ui.components.navigation import page_at
from cs_dash.ui.components.show.answers import head
from cs_dash.ui.components.show.empty import empty
from cs_dash.ui.components.show.notes import notes_html
from cs_dash.ui.components.text import locale
from cs_dash.ui.jobs.derivation_worker import DERIVATIONS, REFRESH_SECONDS
from cs_dash.ui.jobs.run_once import run_once
from cs_dash.ui.pages.page import View
from cs_dash.ui.pages.tickets.audit_live import ticket_html
from cs_dash.ui.pages.tickets.labelling_live import guess_html, learnt_html, why_words
from cs_dash.ui.pages.tickets.ticket_texts import without_text
from cs_dash.ui.state import keys, session
from cs_dash.ui.state.person import person, person_field

INSTRUCTIONS = "One key per ticket. Categories, share and topics update when you pause."
MOST = "200"
"""Tickets that are asked for at once; those labelled meanwhile are passed over until the kinds have followed."""
KEYS = {kind: str(at) for at, kind in enumerate((*KINDS, NOT_A_TICKET), 1)}


def labelling(view: View) -> None:
    """Show the page: the next ticket, the model's guess, the keys, and the effect of labels."""
    queue, howto = view.ask("support.to_label", most=MOST), view.ask("support.howto")
    answer = queue.result()
    if answer.missing_tables:
        head(view.page.title, answer.headline)
        empty(answer)
        return
    share = howto.result().figure("share")
    if st.session_state.get(keys.LABELLING_START, (None,))[0] != view.scope:
        st.session_state[keys.LABELLING_START] = (view.scope, share)
        st.session_state[keys.LABELLING_TICKET] = None
    head(
        view.page.title,
        f"{answer.headline} {INSTRUCTIONS}" if answer.rows.num_rows else answer.headline,
        notes_html([answer]),
    )
    if not answer.rows.num_rows and without_text(view):
        return
    if view.snapshot.kinds is None:
        note("Tickets are still being processed; labelling starts when that is done.")
        return
    _labelling(view, answer, share)


@st.fragment
def _labelling(view: View, answer: Answer, share: Figure) -> None:
    """Show one ticket and the keys; a key press runs only this."""
    rows = {row["ticket_id"]: row for row in answer.rows.to_pylist()}
    labelled, skipped = labels.kinds_of_tickets(session.workspace()), _remembered(keys.LABELLING_SKIPPED)
    # The ticket stays when the queue is rebuilt: a key must never label another ticket than the one read.
    on_screen = st.session_state.get(keys.LABELLING_TICKET)
    if on_screen is not None and on_screen not in rows:
        rows |= _ticket(view, on_screen)
    ticket = next_ticket(list(rows), labelled, skipped, on_screen)
    st.session_state[keys.LABELLING_TICKET] = ticket
    remaining = max(int(answer.figure("waiting").value or 0) - len(rows.keys() & labelled), 0)
    with st.container(horizontal=True, key="labelling"):
        with st.container(key="labelling_ticket"):
            above = st.container(key="labelling_shown")
            _keys(ticket, labels.newest(session.workspace(), person()))
        with st.container(key="labelling_share"):
            _share_card(view, share, progress(len(_remembered(keys.LABELLING_LABELLED)), remaining, len(skipped)))
            person_field(keys.LABELLING_FIELD, "Your name (optional)")
            controls.page_link(page_at("support-demand"), label="Support demand")
            controls.page_link(page_at("topics"), label="Topics")
    # Last of all: a key that is pressed as soon as the ticket is seen then speaks of it, and interrupts nothing.
    with above:
        if ticket is None:
            _done(answer)
        else:
            html(ticket_html(rows[ticket], why_words(rows[ticket])) + guess_html(rows[ticket], KEYS))


def next_ticket(
    queue: Sequence[str], labelled: Collection[str], skipped: Sequence[str], on_screen: str | None = None
) -> str | None:
    """Return the ticket to show: the one on screen while it is open, else the next of the queue.

    Those skipped come last, longest ago first; None when all are labelled.
    """
    if on_screen in queue and on_screen not in labelled and on_screen not in skipped:
        return on_screen
    fresh = (ticket for ticket in queue if ticket not in labelled and ticket not in skipped)
    again = (ticket for ticket in skipped if ticket in queue and ticket not in labelled)
    return next(fresh, None) or next(again, None)


def progress(labelled: int, remaining: int, skipped: int) -> str:
    """Return how far one is: "7 labelled, 233 to go, most useful first"."""
    text = f"{words.count(labelled, locale())} labelled"
    if skipped:
        text += f", {words.count(skipped, locale())} skipped"
    return f"{text}, {words.count(remaining, locale())} to go, most useful first" if remaining else text


def _ticket(view: View, number: str) -> dict[str, Mapping[str, Any]]:
    """Return the ticket with this number, which left the queue while it was on screen; empty if it is gone."""
    rows = view.snapshot.warehouse("ticket_opened", of_ticket=number).to_pylist()
    return {row["ticket_id"]: {**row, "why": ""} for row in rows}


def _keys(ticket: str | None, last: Batch | None) -> None:
    """Offer the kinds, skip and undo: a click or a key each."""
    with st.container(horizontal=True, key="labelling_kinds"):
        for kind, key in KEYS.items():
            controls.button(
                kind.capitalize(), key=f"labelling_kind_{key}", shortcut=key, disabled=ticket is None,
                on_click=run_once(_say, ticket, kind),
            )  # fmt: skip
    with st.container(horizontal=True, key="labelling_others"):
        controls.button(
            "Skip", key="labelling_skip", shortcut="S", type="tertiary", disabled=ticket is None,
            on_click=run_once(_skip, ticket),
        )  # fmt: skip
        several = last is not None and last.size > 1
        # A bulk label from the tickets page is not undone by a slip on the keyboard.
        undo_label = f"Undo {words.plural(last.size, 'label', locale=locale())}" if last and several else "Undo"
        controls.button(
            undo_label, key="labelling_undo", shortcut=None if several else "U", type="tertiary", disabled=last is None,
            on_click=run_once(_take_back, last.number if last else None),
        )  # fmt: skip


def _share_card(view: View, share: Figure, progress_text: str) -> None:
    """Show what labels did to the share; while they are being followed, look every second whether it is done."""
    html(learnt_html(share, st.session_state[keys.LABELLING_START][1], [progress_text]))
    version = session.current_version()
    if version is not None and DERIVATIONS.request(session.workspace(), version):
        _derivation_note(view)


@st.fragment(run_every=REFRESH_SECONDS)
def _derivation_note(view: View) -> None:
    """Show that labels are being processed; the page reruns when kinds, and then topics, are new."""
    workspace, version = session.workspace(), session.current_version()
    if version is None or not DERIVATIONS.request(workspace, version):
        st.rerun()
    if session.Snapshot.of(version) != view.snapshot:
        st.rerun()
    note("Figures update when you pause.", role="status")


def _done(answer: Answer) -> None:
    """Say that nothing waits, and why."""
    heading = "All labelled." if answer.rows.num_rows else "Nothing to label."
    html(render("tickets/done.html", heading=heading, text="" if answer.rows.num_rows else answer.headline))


def _say(ticket: str, kind: str) -> None:
    """Keep a label, and no more: a key press waits for nothing. The kinds follow on a thread of their own."""
    pipeline.label(session.workspace(), [(ticket, kind)], person=person(), derive=False)
    _remove(keys.LABELLING_LABELLED, ticket)
    st.session_state[keys.LABELLING_LABELLED] = (*_remembered(keys.LABELLING_LABELLED), ticket)
    _remove(keys.LABELLING_SKIPPED, ticket)
    DERIVATIONS.pause()


def _remembered(key: str) -> tuple[str, ...]:
    """Return the tickets that the session remembers under a key, in the order in which they came."""
    tickets: tuple[str, ...] = st.session_state.get(key, ())
    return tickets


def _remove(key: str, *tickets: str) -> None:
    st.session_state[key] = tuple(ticket for ticket in _remembered(key) if ticket not in tickets)


def _skip(ticket: str) -> None:
    _remove(keys.LABELLING_SKIPPED, ticket)
    st.session_state[keys.LABELLING_SKIPPED] = (*_remembered(keys.LABELLING_SKIPPED), ticket)
    st.session_state[keys.LABELLING_TICKET] = None


def _take_back(batch: int) -> None:
    """Undo this person's last labels, from any page; a single ticket is shown again."""
    workspace = session.workspace()
    before = labels.kinds_of_tickets(workspace)
    pipeline.unlabel(workspace, batch=batch, derive=False)
    after = labels.kinds_of_tickets(workspace)
    back = [ticket for ticket in before if ticket not in after]
    _remove(keys.LABELLING_LABELLED, *back)
    if len(back) == 1:
        st.session_state[keys.LABELLING_TICKET] = back[0]
    DERIVATIONS.pause()
