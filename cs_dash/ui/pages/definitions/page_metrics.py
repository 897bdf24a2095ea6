"""The metrics of the pages: the definitions behind their figures and charts, in the pages' order."""

from __future__ import annotations

import inspect
import re
from functools import cache

from cs_dash import page_registry as registry
from cs_dash.metrics import definition_files, read_definition
from cs_dash.questions.catalogue import questions

_NAMED = re.compile(r"""definition\w*=[^,()]*"(\w+)\"""")
"""How a question names the definition of a figure, of a chart or of its rows."""


@cache
def page_metrics() -> dict[str, tuple[str, ...]]:
    """Return {title of a page: names of its metrics}, each under the first page that shows it, in the page's order.

    A metric has a formula, and a question of the page names it behind a figure, a chart or its rows.
    """
    with_formula = {one.name for one in map(read_definition, definition_files()) if one.formula}
    asked = [(page, question) for page in registry.pages() for question in page.questions]
    listed = {name for page, question in asked if page.in_rail for name in _named_by(question)}
    metrics = {name for _, question in asked for name in _named_by(question)} & with_formula
    by_page: dict[str, tuple[str, ...]] = {}
    for page, question in asked:
        # what only a page names that the rail does not list stands where it is used
        used = (name for name in questions()[question].uses if name not in listed)
        own = tuple(name for name in dict.fromkeys((*_named_by(question), *used)) if name in metrics)
        metrics -= set(own)
        if own:
            by_page[page.title] = (*by_page.get(page.title, ()), *own)
    return by_page


def _named_by(question: str) -> tuple[str, ...]:
    """Return the definitions that a question declares and names behind what it shows, in the order of its source."""
    declared = questions()[question]
    module = inspect.getmodule(inspect.unwrap(declared.answer))
    named = dict.fromkeys(_NAMED.findall(inspect.getsource(module))) if module else {}
    return tuple(name for name in named if name in declared.uses)
