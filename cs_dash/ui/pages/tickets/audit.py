"""Auditing tickets one at a time by keyboard, while the interval of the share narrows."""

from __future__ import annotations

import time
from collections.abc import Mapping

import streamlit as st

from cs_dash.answer import Answer
from cs_dash.decisions import audits
from cs_dash.decisions.audits import MIN_COVERAGE, Audit, AuditAnswer
from cs_dash.look import words
from cs_dash.look.templates import render
from cs_dash.pipeline.audit import draw
from cs_dash.questions import catalogue
from cs_dash.scope import Scope
from cs_dash.tickets.classifier.type_terms import KINDS
from cs_dash.ui.components import controls
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import html
from cs_dash.ui.components.navigation import LABELLING, LABELLING_ICON, page_at, page_link
from cs_dash.ui.components.show.answers import head
from cs_dash.ui.components.show.empty import empty
from cs_dash.ui.components.show.figures import figures_html
from cs_dash.ui.components.show.notes import notes_html
from cs_dash.ui.components.show.table import table_of
from cs_dash.ui.components.text import locale
from cs_dash.ui.jobs.run_once import run_once
from cs_dash.ui.pages.page import View
from cs_dash.ui.pages.tickets.audit_live import share_html, ticket_html
from cs_dash.ui.pages.tickets.ticket_texts import without_text
from cs_dash.ui.pages.tickets.ticket_types import types_link
from cs_dash.ui.state import keys, session
from cs_dash.ui.state.person import is_named, set_person
from cs_dash.ui.state.person import person as current_person

FIRST, NEXT = 100, 300
SOMEBODY = "Me"
WHY = (
    "Categories from a model, a rule or the help desk are sometimes wrong, and so is the how-to share. Categorise 100"
    " random tickets, one key each, to adjust the share and know its accuracy."
)


def audit(view: View) -> None:
    """Show the page: the audit's result, the next ticket to check, and classification against verdicts."""
    answer = _audit_answer(view)
    if answer.missing_tables:
        head(view.page.title, answer.headline)
        empty(answer)
        return
    newest = next(reversed(audits.audits(session.workspace())), None)
    if newest is None and (reason := without_text(view)):
        head(view.page.title, reason)
        return
    if newest is None or not _speaks_for(view, newest):
        head(view.page.title, WHY, figures_html(answer, view.snapshot.warehouse.definitions), notes_html([answer]))
    else:
        head(view.page.title, WHY)
    if newest is None:
        _draw_button(view, f"Audit {FIRST} tickets", FIRST, primary=True)
        return
    if not _speaks_for(view, newest):
        _draw_button(view, f"Start a new audit of {FIRST} tickets", FIRST, fresh=True, primary=True)
        return
    _checking(view, newest.number)


def _audit_answer(view: View) -> Answer:
    """Return `support.audit` with the verdicts so far; the rows behind it are cached, so a key press is quick."""
    snapshot = view.snapshot
    return catalogue.ask(snapshot.warehouse, "support.audit", view.scope, {}, audits.audits(session.workspace()))


def _resolved(view: View) -> Scope:
    return view.scope.resolved(view.snapshot.warehouse.newest_day())


def _speaks_for(view: View, newest: Audit) -> bool:
    scope = _resolved(view)
    (row,) = view.snapshot.warehouse(
        "audit_population", start_day=scope.start, end_day=scope.end, drawn_from=newest.start, drawn_to=newest.end,
        wanted=scope.filters_json,
    ).to_pylist()  # fmt: skip
    return bool(row["tickets"] and row["inside"] >= MIN_COVERAGE * row["tickets"])


def _draw_button(view: View, label: str, size: int, *, fresh: bool = False, primary: bool = False) -> None:
    if controls.button(label, key=f"audit_draw_{size}", type="primary" if primary else "secondary"):
        with guarded():
            draw(session.workspace(), view.snapshot.warehouse, _resolved(view), size, fresh=fresh)
            st.rerun()


@st.fragment
def _checking(view: View, number: int) -> None:
    """Show one ticket and the keys; a key press runs only this."""
    answer = _audit_answer(view)
    audit = next(candidate for candidate in audits.audits(session.workspace()) if candidate.number == number)
    person = current_person() or SOMEBODY
    verdicts = audit.kinds_of(person)
    tickets = {
        row["ticket_id"]: row
        for row in view.snapshot.warehouse("audit_tickets", ticket_ids=list(audit.sample)).to_pylist()
    }
    available = [ticket for ticket in audit.sample if ticket in tickets]
    ticket = next_ticket(available, verdicts)
    with st.container(horizontal=True, key="audit"):
        with st.container(key="audit_ticket"):
            above = st.container(key="audit_shown")
            _keys(audit.number, ticket, person)
        with st.container(key="audit_share"):
            html(share_html(answer, progress(available, verdicts), st.session_state.get(keys.AUDIT_PACE, ())))
            if not is_named():
                _reviewer(audit, person)
            controls.page_link(page_at("support-demand"), label="Support demand")
    below = (figures_html(answer, view.snapshot.warehouse.definitions), notes_html([answer]))
    html(render("components/page_part.html", parts=below))
    if len(answer.rows):
        table_of(answer, heading="Current vs audited category", opens=False)
    # Last of all: a key that is pressed as soon as the ticket is seen then speaks of it, and interrupts nothing.
    with above:
        if ticket:
            html(ticket_html(tickets[ticket], f"{available.index(ticket) + 1} of {len(available)}"))
        else:
            _done(view, len(available))


def next_ticket(sample: list[str], verdicts: Mapping[str, str | None]) -> str | None:
    """Return the next ticket in the order of the draw, then those skipped, longest ago first; None when all are."""
    fresh = next((ticket for ticket in sample if ticket not in verdicts), None)
    skipped = (ticket for ticket, kind in verdicts.items() if kind is None and ticket in sample)
    return fresh or next(skipped, None)


def progress(sample: list[str], verdicts: Mapping[str, str | None]) -> str:
    """Return how far one is: "34 of 100 audited, 2 skipped"."""
    decided = sum(verdicts.get(ticket) is not None for ticket in sample)
    skipped = sum(ticket in verdicts and verdicts[ticket] is None for ticket in sample)
    text = f"{words.count(decided, locale())} of {words.plural(len(sample), 'ticket', locale=locale())} audited"
    return f"{text}, {words.count(skipped, locale())} skipped, which widens the CI" if skipped else text


def _keys(number: int, ticket: str | None, person: str) -> None:
    """Offer the kinds, skip and undo: a click or a key each."""
    with st.container(horizontal=True, key="audit_kinds"):
        for at, kind in enumerate(KINDS, 1):
            controls.button(
                kind.capitalize(), key=f"audit_kind_{at}", shortcut=str(at), disabled=ticket is None,
                on_click=run_once(_say, number, ticket, person, kind),
            )  # fmt: skip
    with st.container(horizontal=True, key="audit_others"):
        controls.button(
            "Skip", key="audit_skip", shortcut="S", type="tertiary", disabled=ticket is None,
            on_click=run_once(_say, number, ticket, person, None),
        )  # fmt: skip
        controls.button(
            "Undo", key="audit_undo", shortcut="U", type="tertiary", on_click=run_once(_take_back, number, person)
        )


def _done(view: View, size: int) -> None:
    """Say that all are decided, and offer more."""
    html(render("tickets/done.html", heading=f"All {words.count(size, locale())} audited.", text=""))
    if size < NEXT:
        _draw_button(view, f"Audit {NEXT - size} more (four times as many halve the interval)", NEXT)


def _say(number: int, ticket: str, person: str, kind: str | None) -> None:
    audits.answer(session.workspace(), number, [AuditAnswer(ticket, person, kind)])
    st.session_state[keys.AUDIT_PACE] = (*st.session_state.get(keys.AUDIT_PACE, ())[-20:], time.monotonic())


def _take_back(number: int, person: str) -> None:
    audits.undo_answer(session.workspace(), number, person)


def _reviewer(audit: Audit, person: str) -> None:
    names = [*dict.fromkeys([SOMEBODY, *audit.people, person])]
    controls.selectbox(
        "Reviewer",
        names,
        index=names.index(person),
        key=keys.AUDITOR_FIELD,
        accept_new_options=True,
        on_change=_is_checking,
        help="With a second reviewer of the same tickets, the page shows how far the two agree.",
    )


def _is_checking() -> None:
    name = st.session_state.get(keys.AUDITOR_FIELD) or ""
    set_person("" if name == SOMEBODY else name)
    st.session_state[keys.AUDIT_PACE] = ()


def audit_link(view: View, types: Answer) -> None:
    """Show the links of the support page: to types without a kind (`support.types`), to labelling, to the audit."""
    if view.has("tickets"):
        with st.container(key="audit_link", horizontal=True, horizontal_alignment="right"):
            types_link(types)
            if without_text(view):
                return
            page_link("classifier", LABELLING, LABELLING_ICON)
            page_link("audit", "Audit 100 tickets", ":material/fact_check:")
