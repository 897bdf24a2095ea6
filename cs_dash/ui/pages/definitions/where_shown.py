"""Which pages show a definition: those whose code asks a question that uses it."""

from __future__ import annotations

import ast
from functools import cache
from importlib import import_module
from types import FunctionType

from cs_dash.answer import Definition
from cs_dash.questions.catalogue import questions
from cs_dash.questions.lineage import built_on, named, questions_of, titles
from cs_dash.ui.components.navigation import PAGES, SECTIONS
from cs_dash.ui.components.text import escaped

OF_UI = "cs_dash.ui."
FRAME = f"{OF_UI}pages.page"  # what every page begins with asks nothing itself
# Neither do what draws the answers, though it links from some, what computes those of the demo company ahead, and the
# questions themselves, though some name others.
SILENT = (f"{OF_UI}components.show", f"{OF_UI}pages.data.demo", "cs_dash.questions")


@cache
def pages_of() -> dict[str, tuple[str, ...]]:
    """Return {question: names of the pages that ask it}, in the order of the navigation."""
    found: dict[str, list[str]] = {}
    for page in (name for names in SECTIONS.values() for name in names):
        for question in sorted(asked_by(page)):
            found.setdefault(question, []).append(page)
    return {question: tuple(pages) for question, pages in found.items()}


def asked_by(page: str) -> set[str]:
    """Return the questions that a page's file names, or that a function of the screens it imports reaches."""
    tree = ast.parse((PAGES / f"{page}.py").read_text(encoding="utf-8"))
    known = questions().keys()
    found = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(OF_UI) and node.module != FRAME:
            module = import_module(node.module or "")
            imported = (getattr(module, alias.name) for alias in node.names)
            found |= {
                text for each in imported if isinstance(each, FunctionType) for text in named(each, without=SILENT)
            }
    return found & known


def shown_html(definition: Definition) -> str:
    """Return the pages and questions that show a definition, and the definitions built on it, as rows of HTML."""
    used = questions_of().get(definition.name, ())
    pages = {page: [name for name in used if page in pages_of().get(name, ())] for page in order()}
    told = [
        f'<a href="{page}" target="_self">{page.capitalize()}</a>: '
        + ", ".join(escaped(questions()[name].title) for name in asked)
        for page, asked in pages.items()
        if asked
    ]
    unseen = [name for name in used if name not in pages_of()]
    if unseen:
        told.append("Command line: " + ", ".join(f"<code>{escaped(name)}</code>" for name in unseen))
    parts = [
        f'<a href="definitions?metric={escaped(name)}" target="_self">{escaped(titles()[name])}</a>'
        for name in built_on().get(definition.name, ())
    ]
    rows = (("Shown on", "<br>".join(told)), ("Part of", ", ".join(parts)))
    listed = "".join(f"<dt>{head}</dt><dd>{said}</dd>" for head, said in rows if said)
    return f"<dl>{listed}</dl>" if listed else ""


def order() -> tuple[str, ...]:
    """Return the names of the pages as the navigation has them."""
    return tuple(name for names in SECTIONS.values() for name in names)
