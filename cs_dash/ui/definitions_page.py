"""The definitions page: every number in words, with its formula, edge cases, source and SQL."""

from __future__ import annotations

import streamlit as st

from cs_dash.answer import Definition
from cs_dash.questions.catalogue import definition_files
from cs_dash.store.definitions import read_definition
from cs_dash.store.warehouse import MODEL
from cs_dash.ui import address, session
from cs_dash.ui.guard import guarded
from cs_dash.ui.scope_bar import scope_bar
from cs_dash.ui.show.definition import definition_html
from cs_dash.ui.text import escaped, plain_markdown

TITLE = "What does this number mean?"
ASKED = "metric"
KEY = "definition_search"


def groups() -> dict[str, list[Definition]]:
    """Return every definition by the folder it lives in, by title; the shared ones last."""
    found: dict[str, list[Definition]] = {}
    for file in (*definition_files(), *sorted(MODEL.glob("*.sql"))):
        name = "Shared by all" if file.parent == MODEL else file.parent.name.replace("_", " ").capitalize()
        found.setdefault(name, []).append(read_definition(file))
    return {name: sorted(listed, key=lambda each: each.title) for name, listed in found.items()}


def matches(definition: Definition, words: str) -> bool:
    """Return whether every word of a search stands somewhere in a definition."""
    text = " ".join((definition.name, definition.title, definition.words, definition.formula, definition.source))
    text = f"{text} {' '.join(name for name, _ in definition.columns)}".casefold()
    return all(word in text for word in words.casefold().split())


def definitions_page() -> None:
    """Show the page; `?metric=NAME` opens one definition."""
    with guarded():
        shown = session.version()
        if shown is not None:
            with guarded():
                scope_bar(shown)
        st.html(
            f"<h1>{TITLE}</h1><p class='cs-says'>Every number comes from one definition, a view or a table macro that can be "
            "called by name. What stands here is read from the very files that compute it.</p>"
        )
        asked = (address.read().get(ASKED) or [""])[-1]
        searched = st.text_input(
            "Search", key=KEY, placeholder="revenue, tickets, score ...", label_visibility="collapsed"
        )
        found = {
            name: [
                each for each in listed if (each.name == asked if asked and not searched else matches(each, searched))
            ]
            for name, listed in groups().items()
        }
        if asked and not searched:
            st.button("All definitions", type="tertiary", on_click=address.write_choice, args=(ASKED, ""))
        if not any(found.values()):
            st.html(f'<p class="note">No definition has {escaped(searched or asked)}.</p>')
        for name, listed in found.items():
            if listed:
                st.html(f"<h2>{escaped(name)}</h2>")
            for each in listed:
                with st.expander(
                    plain_markdown(each.title), expanded=each.name == asked, key=f"definition_{each.name}"
                ):
                    _definition(each)


def _definition(definition: Definition) -> None:
    call = f"{definition.name}({', '.join(definition.parameters)})" if definition.parameters else definition.name
    columns = "".join(f"<tr><th>{escaped(name)}</th><td>{escaped(text)}</td></tr>" for name, text in definition.columns)
    st.html(
        f'<div class="cs-definition"><code>{escaped(call)}</code>{definition_html(definition)}'
        f"{f'<table>{columns}</table>' if columns else ''}"
        f'<p class="note"><a href="definitions?{ASKED}={escaped(definition.name)}">Address of this definition</a></p></div>'
    )
