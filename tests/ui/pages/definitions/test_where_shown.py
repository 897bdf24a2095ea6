"""A definition says on which pages it is shown, what it is part of, and what only the command line answers."""

from __future__ import annotations

import re

from cs_dash.metrics import definition_files
from cs_dash.store.definitions import read_definition
from cs_dash.ui.pages.definitions.where_shown import shown_html


def where_shown(name: str) -> str:
    (definition,) = (definition for definition in map(read_definition, definition_files()) if definition.name == name)
    return re.sub(r">\s+<", "><", shown_html(definition))


def test_pages_are_named_in_the_order_of_the_navigation() -> None:
    html = where_shown("net_revenue_retention")
    assert html.startswith('<dl><dt>Shown on</dt><dd><a href="overview" target="_self">Overview</a>: ')
    assert html.index('href="overview"') < html.index('href="retention"') < html.index('href="why"')


def test_what_other_definitions_are_built_on_says_so() -> None:
    assert '<dt>Part of</dt><dd><a href="definitions?metric=' in where_shown("month_ends")
