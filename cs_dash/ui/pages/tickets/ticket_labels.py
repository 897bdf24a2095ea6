"""Labelling many tickets at once, undo, and the effect of both."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Literal

import streamlit as st

from cs_dash import pipeline
from cs_dash.answer import Answer
from cs_dash.decisions.labels import newest
from cs_dash.look import words
from cs_dash.look.templates import render
from cs_dash.sharing import Right
from cs_dash.tickets.classifier.model import MIN_EXAMPLES
from cs_dash.tickets.classifier.type_terms import KINDS, NOT_A_TICKET
from cs_dash.ui.components import controls
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import html, message, note, one_place
from cs_dash.ui.components.navigation import LABELLING, LABELLING_ICON, page_link
from cs_dash.ui.components.text import locale
from cs_dash.ui.jobs.run_once import run_once
from cs_dash.ui.pages.page import View
from cs_dash.ui.pages.tickets.ticket_filters import SELECT, YES
from cs_dash.ui.state import address, keys, session
from cs_dash.ui.state.person import person, person_field
from cs_dash.ui.state.reader import may

MESSAGE_SECONDS = 60.0
"""Seconds that the effect of labels stays on the page, which reruns by itself when topics are new."""
TAKE_BACK = "Remove label"
CHOICES = (*KINDS, NOT_A_TICKET, TAKE_BACK)


def labels(view: View, answer: Answer, picked: Sequence[str], *, selecting: bool) -> None:
    """Offer to undo the last labels, and, while tickets can be ticked, to label those or all that pass the filters.

    The work is done before the script runs, which another run cannot interrupt; see `labels_changed`.
    """
    text, said_at = st.session_state.get(keys.LABELS_MESSAGE, ("", 0.0))
    with one_place():
        if text and time.monotonic() - said_at < MESSAGE_SECONDS:
            message(text)
    if not may(Right.LABEL) or (not answer.rows.num_rows and not _last()):
        return
    ready = view.snapshot.kinds is not None
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="tickets_labels"):
        if not selecting:
            href = address.link_here("tickets", **{SELECT: YES})
            html(render("tickets/select.html", href=href, label="Set category of several tickets"), width="content")
            _undo(ready=ready)
            page_link("classifier", LABELLING, LABELLING_ICON)
            return
        kind = controls.selectbox(
            "Category", CHOICES, index=None, key="label_kind", placeholder="Set category", width=190,
            label_visibility="collapsed", format_func=str.capitalize,
        )  # fmt: skip
        if picked:
            _button("Label", picked, kind, "label_picked", ready=ready, primary=True)
        _label_all(answer, kind, ready=ready)
        _undo(ready=ready)
        person_field(keys.LABELLER_FIELD, "Your name (optional)", in_line=True)
        html(
            render("tickets/select.html", href=address.link_here("tickets", **{SELECT: ""}), label="Done"),
            width="content",
        )
    if not ready:
        note("Tickets are still being processed; labelling starts when that is done.")


def labels_changed() -> bool:
    """Return whether labels were set or undone since the last call: the whole page then has to run again."""
    return bool(st.session_state.pop(keys.LABELS_CHANGED, False))


def set_label(tickets: Sequence[str], kind: str) -> None:
    """Label tickets, and store the effect for the next run of the page; TAKE_BACK removes their labels."""
    label = None if kind == TAKE_BACK else kind
    _apply(lambda: pipeline.label(session.workspace(), [(ticket, label) for ticket in tickets], person=person()), kind)


def _apply(work: Callable[[], int], kind: str) -> None:
    with guarded():
        effect = pipeline.label_effects_of(session.workspace(), work)
        st.session_state[keys.LABELS_MESSAGE] = (effect_text(effect, kind), time.monotonic())
        st.session_state[keys.LABELS_CHANGED] = True


def effect_text(effect: pipeline.LabelEffects, kind: str) -> str:
    """Return the effect of labels in words; `kind`: the label, TAKE_BACK where labels were removed."""
    tickets = words.plural(effect.labels, "label" if kind == TAKE_BACK else "ticket", locale=locale())
    summary = f"{tickets} removed." if kind == TAKE_BACK else f"{tickets} labelled {kind}."
    if effect.changed_tickets:
        kinds = [f"{words.count(n, locale())} {name or 'without a category'}" for name, n in effect.kinds.items()]
        other_tickets = words.plural(effect.changed_tickets, "other ticket", locale=locale())
        return f"{summary} The model updated {other_tickets}: now {', '.join(kinds)}."
    if not effect.modelled:
        return f"{summary} The model starts at {MIN_EXAMPLES} labels for each of two categories."
    return f"{summary} No other ticket changed."


def _button(
    word: str, tickets: Sequence[str], kind: str | None, key: str, *, ready: bool, primary: bool = False
) -> None:  # fmt: skip
    style: Literal["primary", "secondary"] = "primary" if primary and kind else "secondary"
    label = f"{word} {words.plural(len(tickets), 'ticket', locale=locale())}"
    off = not (kind and ready)
    controls.button(label, key=key, type=style, disabled=off, on_click=run_once(set_label, tickets, kind))


def _label_all(answer: Answer, kind: str | None, *, ready: bool) -> None:
    """Offer to label all that the filters leave, where these are few enough to be listed."""
    tickets = answer.rows["ticket_id"].to_pylist()
    matching = int(answer.figure("tickets").value or 0)
    if matching > len(tickets):
        most = words.count(len(tickets), locale())
        html(render("tickets/list_note.html", most=most), width="content")
    elif tickets:
        _button("Label all", tickets, kind, "label_all", ready=ready)


def _last() -> bool:
    return newest(session.workspace(), person()) is not None


def _undo(*, ready: bool) -> None:
    """Offer to undo this person's last labels."""
    last = newest(session.workspace(), person())
    if last is None:
        return
    label = f"Undo the last {words.plural(last.size, 'label', locale=locale())}"
    help_ = f"Set on {words.date(last.at.date(), locale())} by {person() or 'an unnamed person'}."
    controls.button(
        label, key="label_undo", type="tertiary", disabled=not ready, help=help_,
        on_click=run_once(_take_back, last.number),
    )  # fmt: skip


def _take_back(batch: int) -> None:
    _apply(lambda: pipeline.unlabel(session.workspace(), batch=batch), TAKE_BACK)
