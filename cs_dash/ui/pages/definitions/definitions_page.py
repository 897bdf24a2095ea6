"""The definitions page: every number in words, with its formula, edge cases, source and SQL."""

from __future__ import annotations

from functools import cache, lru_cache

import streamlit as st

from cs_dash.answer import Definition
from cs_dash.metrics import definition_files, read_definition, subject_of
from cs_dash.settings import of_definition
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import html
from cs_dash.ui.components.scope_bar import scope_bar
from cs_dash.ui.components.show.definition import definition_html
from cs_dash.ui.components.text import escaped
from cs_dash.ui.pages.definitions.where_shown import shown_html
from cs_dash.ui.state import address, session

SAYS = (
    "Every number comes from one definition, a view or a table macro that can be called by name. What stands here is "
    "read from the very files that compute it."
)
ASKED = "metric"
KEY = "definition_search"
Settings = tuple[tuple[str, str], ...]
"""(name, value) of each setting that somebody chose."""


@cache
def groups() -> dict[str, list[Definition]]:
    """Return every definition by the folder it lives in, by title; the shared ones last."""
    found: dict[str, list[Definition]] = {}
    for file in definition_files():
        subject = subject_of(file)
        name = "Shared by all" if subject == "base" else subject.replace("_", " ").capitalize()
        found.setdefault(name, []).append(read_definition(file))
    return {name: sorted(listed, key=lambda each: each.title) for name, listed in found.items()}


def matches(definition: Definition, words: str) -> bool:
    """Return whether every word of a search stands somewhere in a definition."""
    text = " ".join((definition.name, definition.title, definition.explanation, definition.formula, definition.source))
    text = f"{text} {' '.join(name for name, _ in definition.columns)}".casefold()
    return all(word in text for word in words.casefold().split())


def definitions_page(title: str) -> None:
    """Show the page under its title; `?metric=NAME` opens one definition."""
    with guarded():
        shown = session.version()
        if shown is not None:
            with guarded():
                scope_bar(shown, session.Reading.of(shown))
        html(f"<h1>{title}</h1><p class='cs-says'>{SAYS}</p>")
        asked = (address.read().get(ASKED) or [""])[-1]
        searched = st.text_input(
            "Search",
            key=KEY,
            placeholder="Search: revenue, tickets, score ...",
            label_visibility="collapsed",
            width=420,
        )
        only = asked if asked and not searched else ""
        listed = listing(only, searched, session.decided().settings)
        if only:
            st.button("All definitions", type="tertiary", on_click=address.write_choice, args=(ASKED, ""))
        if not listed:
            html(f'<p class="note">No definition has {escaped(searched or asked)}.</p>')
        html(f'<div class="cs-head">{listed}</div>')


@lru_cache(maxsize=50)
def listing(only: str, searched: str, chosen: Settings) -> str:
    """Return the definition called `only`, or else those that have every word of a search, by group, as HTML.

    `chosen`: the settings that somebody chose; each definition says what holds of those that it reads.
    """
    found = {
        name: [each for each in listed if (each.name == only if only else matches(each, searched))]
        for name, listed in groups().items()
    }
    lines = {
        name: "".join(definition_line(each, _settings(each, chosen), opened=each.name == only) for each in listed)
        for name, listed in found.items()
    }
    return "".join(f"<section><h2>{escaped(name)}</h2>{each}</section>" for name, each in lines.items() if each)


def _settings(definition: Definition, chosen: Settings) -> str:
    """Return what holds of the settings that a definition reads, as HTML; "" where it reads none."""
    told = of_definition(definition.name, dict(chosen))
    rows = "".join(f"<tr><th>{escaped(title)}</th><td>{escaped(holds)}</td></tr>" for title, holds in told)
    return (
        f'<h4>Current settings</h4><table>{rows}</table><a class="note" href="settings" target="_self">Change them</a>'
        if rows
        else ""
    )


@lru_cache(maxsize=500)
def definition_line(definition: Definition, settings: str, *, opened: bool) -> str:
    """Return one definition as HTML that unfolds, with its call, its columns and its own address."""
    call = f"{definition.name}({', '.join(definition.parameters)})" if definition.parameters else definition.name
    columns = "".join(f"<tr><th>{escaped(name)}</th><td>{escaped(text)}</td></tr>" for name, text in definition.columns)
    return (
        f'<details class="cs-definition" data-metric="{escaped(definition.name)}"{" open" if opened else ""}>'
        f"<summary><b>{escaped(definition.title)}</b><span>{escaped(definition.explanation)}</span></summary>"
        f"<div><code>{escaped(call)}</code>{definition_html(definition)}{settings}{shown_html(definition)}"
        f"{f'<table>{columns}</table>' if columns else ''}"
        f'<a class="note" href="definitions?{ASKED}={escaped(definition.name)}" target="_self">'
        "Address of this definition</a></div></details>"
    )
