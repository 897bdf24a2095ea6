"""The form of a shared goal: its metric, accounts, target, due day, one owner and the teams that contribute."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import streamlit as st

from cs_dash.decisions import goals
from cs_dash.decisions.choices.goal_metrics import METRICS, GoalMetric
from cs_dash.decisions.choices.owners import TEAM_NAMES, TEAMS
from cs_dash.decisions.goals import WINDOWS, Goal
from cs_dash.decisions.log import Decision
from cs_dash.errors import BadInput, CsDashError
from cs_dash.look import words
from cs_dash.look.locales import MINUS
from cs_dash.look.templates import render
from cs_dash.questions.alignment.goal_values import features_of
from cs_dash.ui.components import controls
from cs_dash.ui.components.guard import complain, guarded
from cs_dash.ui.components.html import html, note, note_lines
from cs_dash.ui.components.scope_bar import title as title_of_field
from cs_dash.ui.pages.alignment.goal_draft import GoalDraft, close_draft, open_draft, save
from cs_dash.ui.pages.data.versions import by_whom, moment
from cs_dash.ui.pages.page import View
from cs_dash.ui.state import address, answers, session
from cs_dash.ui.state.person import person_entry, set_person

EDIT, NEW, CONFIRM = "edit", "new", "confirm"
"""What the address says of the form: the goal that is edited, a new one, and the goal to remove."""
MOST_VALUES = 400
FEATURES = tuple(range(1, 11))
Accounts = tuple[str, str]
"""A dimension and one of its values."""


def goal_form(view: View, goal_id: str, *, can_close: bool) -> None:
    """Offer the form of a goal, or of a new one; what somebody else changed meanwhile is said and not overwritten.

    `can_close`: whether the page has something else to show, so that it can be left without saving.
    """
    try:
        before = None if goal_id == NEW else goals.goal(session.workspace(), goal_id)
    except CsDashError as problem:  # somebody removed it, or the address is old
        complain(problem.title, problem.message, problem.hint)
        return
    draft = open_draft(goal_id, before)
    with st.container(border=True, key="goal_form"):
        heading = "New shared goal" if before is None else "Edit shared goal"
        html(render("components/chart_title.html", title=heading, note="One person is accountable; both teams see it."))
        metrics = tuple(METRICS)
        name = controls.selectbox(
            "Metric", metrics, index=metrics.index(before.about.name) if before else 0,
            format_func=lambda metric: METRICS[metric].title, key=draft.key("metric"), width=320,
        )  # fmt: skip
        _fields(view, draft, METRICS[name], before, can_close=can_close)
        if before is not None:
            _removal(draft, before)
            note_lines(history_lines(goals.history(session.workspace(), before.goal_id)))


def _fields(view: View, draft: GoalDraft, metric: GoalMetric, before: Goal | None, *, can_close: bool) -> None:
    same = before if before is not None and before.about == metric else None
    accounts = _accounts(view, before)
    with st.form(draft.key(f"form_{metric.name}"), border=False):
        with st.container(horizontal=True):
            target = controls.text_input(
                f"Target{UNIT_NAMES.get(metric.unit, '')}", value_text(same.target if same else None, metric),
                key=draft.key(f"target_{metric.name}"), width=150,
                help="At most this value" if metric.better == "down" else "At least this value",
            )  # fmt: skip
            due = controls.date_input("Due", before.due if before else None, key=draft.key("due"), width=150)
            owner = controls.text_input(
                "Accountable owner", before.owner if before else "", max_chars=60, key=draft.key("owner"), width=220
            )
            team = controls.segmented_control(
                "Team", TEAMS, format_func=TEAM_NAMES.__getitem__, default=before.team if before else None,
                key=draft.key("team"),
            )  # fmt: skip
        with st.container(horizontal=True, vertical_alignment="bottom"):
            feature, features = _detail(view, draft, metric, same)
            chosen = controls.multiselect(
                "Only these accounts", list(accounts), default=_chosen(before, accounts), placeholder="All accounts",
                format_func=accounts.__getitem__, key=draft.key("where"), width=320,
            )  # fmt: skip
            both = controls.checkbox(
                "Both teams contribute", len(before.teams) == len(TEAMS) if before else True, key=draft.key("teams")
            )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            title = controls.text_input(
                "Title", before.title if before else "", max_chars=120, key=draft.key("title"), width=320,
                placeholder="Empty: the metric with its target",
            )  # fmt: skip
            start = controls.text_input(
                "Starts from", value_text(same.start if same else None, metric), placeholder="From the data",
                key=draft.key(f"start_{metric.name}"), width=150,
            )  # fmt: skip
            window = controls.selectbox(
                "Period", (None, *WINDOWS), index=(None, *WINDOWS).index(before.window if before else None),
                format_func=lambda months: words.plural(months, "month") if months else "That of the view",
                key=draft.key("window"), width=170,
            )  # fmt: skip
        with st.container(horizontal=True, vertical_alignment="bottom"):
            person = person_entry(draft.key("person"))
            pressed = controls.form_submit_button("Add goal" if before is None else "Save goal", type="primary")
            if can_close:
                controls.form_submit_button("Cancel", on_click=close_draft, type="tertiary")
    if not pressed:
        return
    set_person(person)
    with guarded():
        if due is None:
            raise BadInput("No due day", "Could not save the goal because it has no due day.", "Choose a day.")
        goal = Goal(
            metric.name, _required(target, metric), due, owner or "", team or "", title or "", TEAMS if both else (),
            _grouped(chosen), feature, features, number_of("start", start, metric),
            before.since if before else None, window,
        )  # fmt: skip
        save(draft, _saving(draft, goal, before, person), "Goal added." if before is None else "Goal saved.")


def _saving(draft: GoalDraft, goal: Goal, before: Goal | None, person: str) -> Callable[[], object]:
    workspace = session.workspace()
    if before is None:
        return lambda: goals.add(workspace, goal, person=person)
    return lambda: goals.change(workspace, before.goal_id, goal, seen=draft.seen, person=person)


def _detail(view: View, draft: GoalDraft, metric: GoalMetric, same: Goal | None) -> tuple[str, int | None]:
    """Offer what the metric needs besides: a feature, or how many core features."""
    if metric.detail == "features":
        count = controls.selectbox(
            "Core features",
            FEATURES,
            index=(same.features or 1) - 1 if same else 2,
            key=draft.key("features"),
            width=130,
        )
        return "", count
    if metric.detail == "feature":
        listed = features_of(view.snapshot.warehouse)
        at = listed.index(same.feature) if same and same.feature in listed else None
        feature = controls.selectbox(
            "Feature", listed, index=at, placeholder="Choose a feature", key=draft.key("feature"), width=220
        )
        return feature or "", None
    return "", None


def _removal(draft: GoalDraft, goal: Goal) -> None:
    """Offer to remove a goal, after a second click."""
    if address.read().get(CONFIRM, [])[-1:] != [goal.goal_id]:
        controls.button(
            "Remove goal",
            key="goal_remove",
            on_click=address.write_choice,
            args=(CONFIRM, goal.goal_id),
            type="tertiary",
        )
        return
    note("The goal goes from every page; its history stays.")
    with st.container(horizontal=True):
        confirmed = controls.button("Remove this goal", key="confirm", type="primary")
        controls.button("Cancel", key="cancel", on_click=address.write_choice, args=(CONFIRM, ""), type="tertiary")
    if confirmed:
        save(draft, lambda: goals.remove(session.workspace(), goal.goal_id, seen=draft.seen), "Goal removed.")


def history_lines(changes: Iterable[Decision]) -> list[str]:
    """Return what was recorded of a goal, newest first: "Target and due changed by Ana on 3 May 2026, 10:12"."""
    lines, before = [], None
    for row in changes:
        when = f"{by_whom(row.person)} on {moment(row.at)}"
        changed = [name for name in row.value or {} if before is not None and before.get(name) != row.value[name]]
        what = " and ".join(changed).capitalize() if changed else "Goal"
        verb = "added" if before is None else "removed" if row.value is None else "changed"
        lines.append(f"{what} {verb}{when}")
        before = row.value
    return lines[::-1]


UNIT_NAMES = {"share": ", %", "per_100": ", tickets per 100 accounts a month"}


def value_text(value: float | None, metric: GoalMetric) -> str:
    """Return a value as it is typed: "33 %", "12.5"; "" for none."""
    if value is None:
        return ""
    return f"{round(value * 100, 4):g} %" if metric.unit == "share" else f"{value:g}"


def number_of(name: str, text: str | None, metric: GoalMetric) -> float | None:
    """Return what is typed as a value of a metric, shares in percent; None for an empty text. Raises BadInput."""
    plain = (text or "").strip().replace(MINUS, "-").replace(",", ".").removesuffix("%").strip()
    if not plain:
        return None
    try:
        return float(plain) / (100 if metric.unit == "share" else 1)
    except ValueError:
        hint = "Write it as 33 %." if metric.unit == "share" else "Write a number, such as 12.5."
        raise BadInput(
            "Not a number", f"Could not set the {name} to “{text}” because it is not a number.", hint
        ) from None


def _required(text: str | None, metric: GoalMetric) -> float:
    value = number_of("target", text, metric)
    if value is None:
        raise BadInput("No target", "Could not save the goal because it has no target.", "Write the value to reach.")
    return value


def _accounts(view: View, before: Goal | None) -> dict[Accounts, str]:
    """Return the values of the dimensions that a goal can be about, with their words: those it has come first."""
    own = [(name, value) for name, values in (before.where if before else ()) for value in values]
    listed = [(name, value) for name, values in answers.dimensions(view.snapshot).items() for value in values]
    chosen = dict.fromkeys([*own, *listed][: MOST_VALUES + len(own)])
    return {pair: f"{title_of_field(pair[0])}: {pair[1]}" for pair in chosen}


def _chosen(before: Goal | None, accounts: Mapping[Accounts, str]) -> list[Accounts]:
    own = {(name, value) for name, values in (before.where if before else ()) for value in values}
    return [pair for pair in accounts if pair in own]


def _grouped(chosen: list[Accounts]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    fields: dict[str, list[str]] = {}
    for name, value in chosen:
        fields.setdefault(name, []).append(value)
    return tuple((name, tuple(values)) for name, values in fields.items())
