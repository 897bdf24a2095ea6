"""The forms of an item: its score, its decision with one owner, its shipping, and what it is called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import streamlit as st

from cs_dash.answer import Answer
from cs_dash.decisions import item_reviews, roadmap
from cs_dash.decisions.choices.owners import TEAM_NAMES, TEAMS
from cs_dash.decisions.item_reviews import OUTCOMES
from cs_dash.decisions.roadmap import CONFIDENCES, IMPACTS, VERDICTS, Item
from cs_dash.look import words
from cs_dash.look.templates import render
from cs_dash.ui.components import controls
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import html, note
from cs_dash.ui.components.text import locale
from cs_dash.ui.pages.roadmap.item_draft import ItemDraft, save
from cs_dash.ui.pages.roadmap.item_history import effort_words
from cs_dash.ui.pages.roadmap.typed_values import accounts_of, number_of
from cs_dash.ui.state import session
from cs_dash.ui.state.person import person, person_entry, set_person

IMPACT_NAMES = {3.0: "Massive (3)", 2.0: "High (2)", 1.0: "Medium (1)", 0.5: "Low (0.5)", 0.25: "Minimal (0.25)"}
CONFIDENCE_NAMES = {1.0: "High (100\u202f%)", 0.8: "Medium (80\u202f%)", 0.5: "Low (50\u202f%)"}


def decision_form(item: Item, draft: ItemDraft) -> None:
    """Show the decision and let it be made: what, whose, why, to what end, by when."""
    before: Mapping[str, Any] = item.parts.get("decision", {})
    with st.container(border=True, key="item_decision"), st.form(draft.key("decision"), border=False):
        _title("Decision", "One person is accountable; others can contribute.")
        verdict = controls.segmented_control(
            "Decision", VERDICTS, format_func=str.capitalize, default=before.get("decision"), key=draft.key("verdict")
        )
        with st.container(horizontal=True):
            owner = controls.text_input(
                "Accountable owner", before.get("owner") or "", max_chars=60, key=draft.key("owner"), width=220
            )
            team = controls.segmented_control(
                "Team", TEAMS, format_func=TEAM_NAMES.__getitem__, default=before.get("team"), key=draft.key("team")
            )
        reason = controls.text_input("Reason", before.get("reason") or "", max_chars=300, key=draft.key("reason"))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            target = controls.text_input(
                "Target: change of its tickets", _percent(before.get("target")), placeholder="-30%",
                key=draft.key("target"), width=200, help="Expected change of the rate of tickets on its topics",
            )  # fmt: skip
            due = controls.date_input("Due", _day(before.get("due")), key=draft.key("due"), width=150)
            name = person_entry(draft.key("decision_person"))
            pressed = controls.form_submit_button("Save decision", type="primary")
    if pressed:
        set_person(name)
        with guarded():
            aim = number_of("target", target)
            save(
                draft,
                lambda: roadmap.decide(
                    session.workspace(), item.item_id, verdict or "", owner=owner or "", team=team or "",
                    reason=reason or "", target=aim, due=due, seen=draft.seen, person=name,
                ),
                "Decision saved.",
            )  # fmt: skip


def score_form(item: Item, evidence: Answer, draft: ItemDraft) -> None:
    """Show how the item is scored and let impact, confidence and effort be changed.

    `evidence`: the answer to roadmap.item.
    """
    before: Mapping[str, Any] = item.parts.get("score", {})
    with st.container(border=True, key="item_score"), st.form(draft.key("score"), border=False):
        _title("Score", _score_text(evidence, before))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            impact = controls.selectbox(
                "Impact", IMPACTS, index=_at(IMPACTS, before.get("impact")), format_func=IMPACT_NAMES.__getitem__,
                placeholder="Choose", key=draft.key("impact"), width=160,
            )  # fmt: skip
            confidence = controls.selectbox(
                "Confidence", CONFIDENCES, index=_at(CONFIDENCES, before.get("confidence")),
                format_func=CONFIDENCE_NAMES.__getitem__, placeholder="Choose", key=draft.key("confidence"), width=160,
            )  # fmt: skip
            effort = controls.text_input(
                "Effort, person-months", _plain(before.get("effort")), placeholder="1.5", key=draft.key("effort"),
                width=160,
            )  # fmt: skip
            name = person_entry(draft.key("score_person"))
            pressed = controls.form_submit_button("Save score")
    if pressed:
        set_person(name)
        with guarded():
            months = number_of("effort", effort)
            save(
                draft,
                lambda: roadmap.score(
                    session.workspace(), item.item_id, impact=impact, confidence=confidence, effort=months,
                    seen=draft.seen, person=name,
                ),
                "Score saved.",
            )  # fmt: skip


def shipping_form(item: Item, draft: ItemDraft, shipped_on: dt.date | None) -> None:
    """Let the day be entered on which the item shipped, to all accounts or to some."""
    before: Mapping[str, Any] = item.parts.get("shipped", {})
    listed = before.get("accounts")
    with st.container(border=True, key="item_shipping"), st.form(draft.key("shipping"), border=False):
        _title("Shipping", "From the day it ships on, its tickets are compared with those of all other topics.")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            day = controls.date_input(
                "Shipped on", _day(before.get("on")) or shipped_on, key=draft.key("shipped_on"), width=150
            )
            name = person_entry(draft.key("shipping_person"))
            pressed = controls.form_submit_button("Save shipping")
        some = controls.text_area(
            "Only to these accounts", "\n".join(f"{account}, {own}" for account, own in (listed or {}).items()),
            placeholder="Empty: to all. Else one account ID per line, with a date of its own if it has one:"
            " ACC-1001, 2026-03-01",
            key=draft.key("shipped_to"), height=68,
        )  # fmt: skip
    if pressed:
        set_person(name)
        with guarded():
            if day is None:
                note("Enter the day on which it shipped.")
                return
            accounts = accounts_of(some or "", day)
            save(
                draft,
                lambda: roadmap.ship(
                    session.workspace(), item.item_id, day, accounts=accounts, seen=draft.seen, person=name
                ),
                "Shipping saved.",
            )


def review_form(item: Item, draft: ItemDraft) -> None:
    """Let the review say whether an accepted decision was kept; nothing where none was accepted."""
    if item.parts.get("decision", {}).get("decision") != "accepted":
        return
    before: Mapping[str, Any] = item.parts.get("review", {})
    with st.container(border=True, key="item_review"), st.form(draft.key("review"), border=False):
        _title("At the review", "Was the decision kept? The decision log shows it.")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            outcome = controls.segmented_control(
                "Outcome", OUTCOMES, format_func=str.capitalize, default=before.get("outcome"), key=draft.key("outcome")
            )
            remark = controls.text_input("Note", before.get("note") or "", max_chars=200, key=draft.key("review_note"))
            pressed = controls.form_submit_button("Save review")
    if pressed:
        save(
            draft,
            lambda: item_reviews.review(
                session.workspace(), item.item_id, outcome, note=remark or "", seen=draft.seen, person=person()
            ),
            "Review saved.",
        )


def _title(title: str, text: str) -> None:
    html(render("components/chart_title.html", title=title, note=text))


def _score_text(evidence: Answer, score: Mapping[str, Any]) -> str:
    values = {figure.name: figure.value for figure in evidence.figures}
    rice = values.get("rice")
    reach = f"Reach {words.plural(values.get('reach') or 0, 'account', locale=locale())} in the last 90 days"
    if rice is None:
        return f"{reach}. Unscored until impact, confidence and effort are set."
    impact = words.number(score["impact"], locale=locale())
    confidence = words.share(score["confidence"], locale=locale())
    score_text = f"impact {impact} × confidence {confidence} / {effort_words(score['effort'])}"
    return f"{reach} × {score_text} = RICE **{words.count(rice, locale())}**"


def _at(choices: tuple[Any, ...], value: Any) -> int | None:
    return choices.index(value) if value in choices else None


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _percent(value: float | None) -> str:
    return "" if value is None else f"{value * 100:g}%"


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
