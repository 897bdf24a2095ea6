"""The form of the self-assessment: ten subjects, each with what it looks like at the four stages."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from cs_dash.decisions import alignment_answers
from cs_dash.decisions.alignment_answers import AnswerSheet
from cs_dash.decisions.choices.alignment_statements import STAGES, STATEMENTS, Statement
from cs_dash.decisions.choices.owners import TEAM_NAMES, TEAMS
from cs_dash.look.templates import render
from cs_dash.questions.alignment.assessment import quarter_of
from cs_dash.scope import months_before
from cs_dash.ui.components import controls
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import html
from cs_dash.ui.pages.page import View
from cs_dash.ui.state import address, keys, session
from cs_dash.ui.state.person import person_entry, set_person

ANSWER, YES = "answer", "yes"
"""What the address says while the form is open."""
OFFERED = 4


def answer_form(view: View, *, can_close: bool) -> None:
    """Offer the form; saving closes it. A person's later answers of the same quarter replace the earlier ones.

    `can_close`: whether the page has something else to show, so that it can be left without saving.
    """
    with st.container(border=True, key="alignment_answers"), st.form("alignment_form", border=False):
        html(
            render(
                "components/chart_title.html",
                title="How do the teams work together?",
                note="Choose what fits best today; leave out what you cannot tell. It takes three minutes.",
            )
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            name = person_entry("alignment_person")
            team = controls.segmented_control(
                "Your team", TEAMS, format_func=TEAM_NAMES.__getitem__, key="alignment_team"
            )
            quarter = controls.selectbox("Quarter", _quarters(view), key="alignment_quarter", width=130)
        stages = {statement.key: _question(statement) for statement in STATEMENTS.values()}
        with st.container(horizontal=True):
            pressed = controls.form_submit_button("Save answers", type="primary")
            if can_close:
                controls.form_submit_button("Cancel", on_click=_close, type="tertiary")
    if pressed:
        set_person(name)
        answered = {key: stage for key, stage in stages.items() if stage}
        with guarded():
            sheet = AnswerSheet(quarter or "", team or "", name, answered)
            alignment_answers.answer(session.workspace(), [sheet], person=name)
            _close()
            st.session_state[keys.ALIGNMENT_MESSAGE] = f"Answers for {quarter} saved."
            st.rerun()


def quarters_answered() -> tuple[str, ...]:
    """Return the quarters that somebody answered for, newest first."""
    return tuple(sorted({sheet.quarter for sheet in alignment_answers.sheets(session.workspace())}, reverse=True))


def who_answered(quarter: str) -> str:
    """Return who answered for a quarter: "2026Q3, answered by Ann, Bo (Product) and Cy (Customer success)"."""
    names: dict[str, list[str]] = {}
    for sheet in alignment_answers.sheets(session.workspace()):
        if sheet.quarter == quarter:
            names.setdefault(sheet.team, []).append(sheet.respondent)
    by_team = [f"{', '.join(sorted(names[team]))} ({TEAM_NAMES[team]})" for team in TEAMS if team in names]
    return f"{quarter}, answered by {' and '.join(by_team)}"


def _question(statement: Statement) -> str | None:
    traits = dict(zip(STAGES, statement.traits, strict=True))
    stage: str | None = controls.radio(
        statement.title, STAGES, index=None, format_func=traits.__getitem__, key=f"alignment_{statement.key}"
    )
    return stage


def _quarters(view: View) -> tuple[str, ...]:
    today = view.scope.resolved(view.snapshot.warehouse.newest_day()).as_of or dt.datetime.now(dt.UTC).date()
    newest = max(today, dt.datetime.now(dt.UTC).date())
    listed = [quarter_of(months_before(newest.replace(day=1), 3 * back)) for back in range(OFFERED)]
    return tuple(dict.fromkeys([quarter_of(today), *listed]))


def _close() -> None:
    query = address.read()
    address.write({name: values for name, values in query.items() if name != ANSWER})
