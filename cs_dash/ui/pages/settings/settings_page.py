"""The settings page: every setting, what it does, where it counts and what it was before; a change shows at once."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from cs_dash import pipeline
from cs_dash.intake.results.reports import LoadReport
from cs_dash.look import words
from cs_dash.look.templates import render
from cs_dash.pipeline import SettingLine
from cs_dash.pipeline.settings import TAXONOMY
from cs_dash.settings import CURRENCY, FISCAL_YEAR, MONTHS, SETTINGS, Setting
from cs_dash.settings.registry import COST, HEALTH, HOWTO, ICP, KEPT, MONEY, OTHERS, READING, WAITING
from cs_dash.ui.components import controls
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import html, message, note, section_head
from cs_dash.ui.components.navigation import page_link
from cs_dash.ui.components.show.answers import head
from cs_dash.ui.components.tabs import tabs
from cs_dash.ui.components.text import locale
from cs_dash.ui.jobs.progress import progress_bar
from cs_dash.ui.pages.data.versions import by_whom, moment
from cs_dash.ui.pages.settings.churn_categories import churn_categories
from cs_dash.ui.state import address, keys, session
from cs_dash.ui.state.person import person_entry, set_person

SIDE_BY_SIDE = 3
FIELD = "field"
"""What the address calls the setting that a link leads to."""
TABS = {
    "general": ("General", (MONEY, ICP, READING)),
    "retention": ("Retention", (KEPT,)),
    "benchmarks": (OTHERS, (OTHERS,)),
    "health": (HEALTH, (HEALTH,)),
    "sla": (WAITING, (WAITING,)),
    "howto": (HOWTO, (HOWTO, COST)),
    "churn": (TAXONOMY, (TAXONOMY,)),
}
"""Name in the address -> label, and the groups of settings in it; what a group's name begins with is enough."""
GROUP_NOTES = {
    "Industry benchmarks": "12-month ranges with their source. A range of your own needs its own year, sample and"
    " source.",
    "How-to tickets": "The benchmark and target of the how-to share.",
    "Cost of how-to tickets": "No default: without these, Support demand shows tickets and handling time, but no cost.",
    "Ideal customer profile": "Demand of core accounts is counted apart on the Roadmap page.",
    "Health score": "The inputs of the health score and the limits of red, yellow and green.",
}


def settings_page(title: str) -> None:
    """Show the page under its title; it needs no data.

    `?tab=sla` opens the tab of a subject, `?field=gross_margin` the tab of a setting, at its field.
    """
    with guarded():
        lines = pipeline.listed(session.workspace())
        head(title, _summary(lines))
        if saved := st.session_state.pop(keys.SETTINGS_MESSAGE, None):
            message(saved)
        if rejected := st.session_state.pop(keys.SETTINGS_REJECTED_ROWS, None):
            note(rejected)
            page_link("loads", "See rows and undo")
        by_tab = {tab: [line for line in lines if line.group.startswith(groups)] for tab, (_, groups) in TABS.items()}
        field = (address.read().get(FIELD) or [""])[-1]
        tab_of_field = next((tab for tab, of_tab in by_tab.items() if field in {line.name for line in of_tab}), "")
        tab = tabs("settings", {tab: _tab_label(tab, of_tab) for tab, of_tab in by_tab.items()}, tab_of_field)
        with st.container(key=f"settings_{tab}"):
            if tab == "churn":
                churn_categories(session.workspace(), by_tab[tab])
            else:
                _form(tab, by_tab[tab], field)


def _changed(lines: Sequence[SettingLine]) -> list[SettingLine]:
    return [line for line in lines if line.given and line.name != CURRENCY]


def _tab_label(tab: str, lines: Sequence[SettingLine]) -> str:
    count = len(_changed(lines))
    return f"{TABS[tab][0]} ({words.count(count, locale())} changed)" if count else TABS[tab][0]


def _summary(lines: Sequence[SettingLine]) -> str:
    chosen = _changed(lines)
    counted = f"**{words.plural(len(chosen), 'setting', locale=locale())}** changed"
    last = max((line for line in lines if line.changed_at), key=lambda line: str(line.changed_at), default=None)
    summary = counted if chosen else "All settings at their defaults"
    if last is None or last.changed_at is None:
        return f"{summary}."
    return f"{summary}; last change{by_whom(last.changed_by)} on {moment(last.changed_at)}."


def _form(tab: str, lines: Sequence[SettingLine], pointed_at: str) -> None:
    """Show the settings of a tab with one button; what is written is checked and saved together.

    `pointed_at`: the name of the setting that a link leads to.
    """
    with st.form(f"form_{tab}"):
        written: dict[str, str] = {}
        resets: list[str] = []
        for group in dict.fromkeys(line.group for line in lines):
            section_head(group, GROUP_NOTES.get(group, ""))
            inside = [line for line in lines if line.group == group]
            for at in range(0, len(inside), SIDE_BY_SIDE):
                columns = st.columns(SIDE_BY_SIDE)
                for column, line in zip(columns, inside[at : at + SIDE_BY_SIDE], strict=False):
                    with column, st.container(key=f"field_{line.name}".replace(" ", "_")):
                        written[line.name] = _field(line, SETTINGS[line.name], pointed_at=line.name == pointed_at)
                        if line.given and line.name != CURRENCY:
                            key = f"reset_{line.name}"
                            if controls.form_submit_button("Reset", key=key, type="tertiary"):
                                resets.append(line.name)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            name = person_entry(f"settings_person_{tab}")
            saved = controls.form_submit_button("Save", type="primary")
    if saved or resets:
        set_person(name)
        changed = {line.name: written[line.name] for line in lines if _differs(line, written[line.name])}
        with guarded():
            _save(dict.fromkeys(resets, "") if resets else changed)


def _field(line: SettingLine, setting: Setting, *, pointed_at: bool = False) -> str:
    """Show one setting and return what is written in it."""
    label = line.title.rpartition(": ")[2]
    label = label[:1].upper() + label[1:]
    key = f"setting_{line.name}_{line.given}"  # a value set elsewhere replaces what was typed here before
    if setting.kind == "flag":
        value: str = controls.selectbox(label, ("no", "yes"), index=int(line.value == "yes"), key=key)
    elif setting.kind == "month":
        value = controls.selectbox(label, MONTHS, index=MONTHS.index(line.value), key=key)
    else:
        value = controls.text_input(
            label,
            line.given,
            key=key,
            placeholder=line.value,
            help=f"On the command line: {line.name}",
        )
    default = line.default if line.given and line.name != CURRENCY else ""
    changed = f"Changed{by_whom(line.changed_by)} on {moment(line.changed_at)}" if line.changed_at else ""
    html(
        render(
            "settings/setting.html", explanation=line.words, counts=line.counts, default=default, changed=changed,
            before=line.before if changed else "", pointed_at=pointed_at,
        )
    )  # fmt: skip
    return value or ""


def _differs(line: SettingLine, value: str) -> bool:
    if not line.given and value in ("", line.value):
        return False
    return value != line.given


def _save(changes: dict[str, str]) -> None:
    """Keep what was written; another currency makes all rows again, which may take a while."""
    workspace = session.workspace()
    if CURRENCY in changes and workspace.current() is not None:
        with progress_bar("Rebuilding from uploads") as progress:
            decided = pipeline.change(workspace, changes, progress)
    else:
        decided = pipeline.change(workspace, changes)
    count_text = words.plural(len(decided.names), "setting", locale=locale())
    # How sheets are read changes nothing that was loaded before.
    counts = "Applies to the next load." if set(decided.names) == {FISCAL_YEAR} else "All figures use the new values."
    st.session_state[keys.SETTINGS_MESSAGE] = f"{count_text} saved. {counts}" if decided.names else "No changes."
    if decided.report:
        st.session_state[keys.SETTINGS_MESSAGE] = (
            f"Version {decided.report.version} is now current, rebuilt from the uploads."
        )
        if rejected := _rejected(decided.report):
            st.session_state[keys.SETTINGS_REJECTED_ROWS] = rejected
    st.rerun()


def _rejected(report: LoadReport) -> str:
    """Return how many rows were rejected, with the reasons they have in common; "" for none."""
    count = sum(sheet.rejected for sheet in report.files)
    reasons = dict.fromkeys(problem.what for sheet in report.files for problem in sheet.problems if problem.fatal)
    if not count:
        return ""
    first = "; ".join(list(reasons)[:3])
    return f"{words.plural(count, 'row was', 'rows were', locale=locale())} rejected: {first}"
