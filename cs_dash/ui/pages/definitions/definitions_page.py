"""The definitions page: every number in words, with its formula, edge cases, source and SQL."""

from __future__ import annotations

from functools import cache, lru_cache

import streamlit as st

from cs_dash.answer import Definition
from cs_dash.look.templates import Markup, render
from cs_dash.metrics import definition_files, read_definition, subject_of
from cs_dash.settings import SETTINGS, of_definition
from cs_dash.ui.components import controls
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import html, note
from cs_dash.ui.components.scope_bar import scope_bar
from cs_dash.ui.components.show.definition import definition_html
from cs_dash.ui.pages.definitions.page_metrics import page_metrics
from cs_dash.ui.pages.definitions.where_shown import shown_html
from cs_dash.ui.state import address, session

INTRODUCTION = (
    "Every number comes from one definition, a view or table macro that can be called by name. This page is generated "
    "from the files that compute it."
)
METRIC, ALL, FIND = "metric", "all", "find"
KEY = "definition_search"
Settings = tuple[tuple[str, str], ...]
"""(name, value) of each setting that somebody chose."""


@cache
def groups() -> dict[str, list[Definition]]:
    """Return every definition by the folder it lives in, by title; the shared ones last."""
    by_subject: dict[str, list[Definition]] = {}
    for file in definition_files():
        subject = subject_of(file)
        name = "Shared" if subject == "base" else subject.replace("_", " ").capitalize()
        by_subject.setdefault(name, []).append(read_definition(file))
    return {
        name: sorted(definitions, key=lambda definition: definition.title) for name, definitions in by_subject.items()
    }


@cache
def metrics_by_page() -> dict[str, list[Definition]]:
    """Return the metrics of the pages by the title of the page, in the pages' order."""
    by_name = {definition.name: definition for definitions in groups().values() for definition in definitions}
    return {title: [by_name[name] for name in names] for title, names in page_metrics().items()}


def matches(definition: Definition, words: str) -> bool:
    """Return whether a definition contains every word of a search."""
    text = " ".join((definition.name, definition.title, definition.explanation, definition.formula, definition.source))
    text = f"{text} {' '.join(name for name, _ in definition.columns)}".casefold()
    return all(word in text for word in words.casefold().split())


def definitions_page(title: str) -> None:
    """Show the page under its title; `?metric=NAME` opens one definition."""
    with guarded():
        version = session.current_version()
        if version is not None:
            with guarded():
                scope_bar(version, session.Snapshot.of(version))
        html(render("components/title.html", title=title, text=INTRODUCTION))
        metric = (address.read().get(METRIC) or [""])[-1]
        st.session_state[KEY] = (address.read().get(FIND) or [""])[-1]
        search = controls.text_input(
            "Search",
            key=KEY,
            placeholder="Search: revenue, tickets, score ...",
            label_visibility="collapsed",
            width=420,
            on_change=lambda: address.write_choice(FIND, st.session_state[KEY]),
        )
        only = metric if metric and not search else ""
        with_internals = (address.read().get(ALL) or [""])[-1] == "yes"
        groups_html = listing(only, search, session.decided().settings, with_internals=with_internals)
        links = [("All metrics", address.link("definitions"))] if only or with_internals else []
        if not with_internals:
            links.append(("All SQL definitions", address.link("definitions", all="yes")))
        html(render("navigation/setting_links.html", links=links))
        if not groups_html:
            note(f"No definition matches {search or metric}.")
        html(render("components/page_part.html", parts=(groups_html,)))


@lru_cache(maxsize=50)
def listing(only: str, search: str, chosen: Settings, *, with_internals: bool = False) -> Markup:
    """Return the definition called `only`, or else those that have every word of a search, by group, as HTML.

    The groups are the pages, with the metrics they show; `with_internals`: the subjects, with every definition.

    `chosen`: the settings that somebody chose; each definition lists the ones that it reads.
    """
    by_group = {
        name: [
            definition
            for definition in definitions
            if (definition.name == only if only else matches(definition, search))
        ]
        for name, definitions in (groups() if with_internals or only else metrics_by_page()).items()
    }
    groups_of_lines = [
        (
            name,
            [
                definition_line(
                    definition,
                    tuple(of_definition(definition.name, dict(chosen))),
                    opened=definition.name == only,
                )
                for definition in definitions
            ],
        )
        for name, definitions in by_group.items()
    ]
    return render("definitions/groups.html", groups=groups_of_lines)


@lru_cache(maxsize=500)
def definition_line(definition: Definition, settings: Settings, *, opened: bool) -> Markup:
    """Return one definition as HTML that unfolds, with its call, its columns and its own address.

    `settings`: title and value of the settings that it reads.
    """
    call = f"{definition.name}({', '.join(definition.parameters)})" if definition.parameters else definition.name
    return render(
        "definitions/definition.html",
        name=definition.name,
        title=definition.title,
        explanation=definition.explanation,
        call=call,
        definition=definition_html(definition),
        settings=settings,
        first_setting=next((name for name, one in SETTINGS.items() if definition.name in one.definitions), ""),
        where_shown=shown_html(definition),
        columns=definition.columns,
        parameter=METRIC,
        opened=opened,
    )
