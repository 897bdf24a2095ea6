"""The metrics of the pages: the definitions behind their figures and charts, in the pages' order."""

from __future__ import annotations

import inspect
import re
from functools import cache

from cs_dash.metrics import definition_files, read_definition
from cs_dash.questions.catalogue import questions
from cs_dash.ui import registry

_NAMED = re.compile(r"""definition\w*=[^,()]*"(\w+)\"""")
"""How a question names the definition of a figure, of a chart or of its rows."""


@cache
def page_metrics() -> dict[str, tuple[str, ...]]:
    """Return {title of a page: names of its metrics}, each under the first page that asks for it.

    A metric has a formula, and a question of a page names it behind a figure, a chart or its rows.
    """
    with_formula = {one.name for one in map(read_definition, definition_files()) if one.formula}
    asked = [(page, question) for page in registry.pages() for question in page.questions]
    metrics = {name for _, question in asked for name in _named_by(question)} & with_formula
    by_page: dict[str, tuple[str, ...]] = {}
    for page, question in asked:
        own = tuple(name for name in questions()[question].uses if name in metrics)
        metrics -= set(own)
        if own:
            by_page[page.title] = (*by_page.get(page.title, ()), *own)
    return by_page


def _named_by(question: str) -> set[str]:
    """Return the definitions that a question declares and names behind what it shows."""
    declared = questions()[question]
    module = inspect.getmodule(inspect.unwrap(declared.answer))
    named = set(_NAMED.findall(inspect.getsource(module))) if module else set()
    return named & set(declared.uses)
