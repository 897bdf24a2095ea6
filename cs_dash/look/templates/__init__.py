"""HTML from templates: whatever a template is given is escaped, unless it is markup already.

    render("figure.html", label="Smith & Sons", value="92 %")

A template is a file in this folder or in one of its folders. `{{ name }}` writes a value escaped, `{{ name | bold }}` a
sentence with its figures between ** in bold. A name that is not given is an error, and so is a template that is not
there: both are bugs. The result is `Markup`, which another template takes as it is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

__all__ = ["FOLDER", "Markup", "bold", "compile_templates", "environment", "plain_text", "render"]

FOLDER = Path(__file__).parent
_SIGNED = re.compile(r"[−+-][€$£¥]\d[\d.,]*\w?")
"""A sign, a currency and a number, between which browsers break lines."""
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


def render(template: str, /, **context: object) -> Markup:
    """Return the template at this path below the folder, filled with `context`.

    Raises:
        jinja2.TemplateNotFound: there is no such template.
        jinja2.UndefinedError: the template uses a name that `context` does not have.
    """
    return Markup(environment().get_template(template).render(context))


def plain_text(template: str, /, **context: object) -> str:
    """Return a template of plain text, filled as it is: text has no markup to escape, and must not be put into HTML.

    Raises what `render` raises, and ValueError for a template that is no `.txt` file.
    """
    if not template.endswith(".txt"):
        raise ValueError(f"{template} is not plain text")
    return _plain_environment().get_template(template).render(context)


def bold(text: str) -> Markup:
    """Return a sentence as HTML: what is between ** in bold, signed amounts in one piece, everything else escaped."""
    in_one_piece = _SIGNED.sub(r'<span class="cs-whole">\g<0></span>', str(escape(text)))
    return Markup(_BOLD.sub(r"<b>\1</b>", in_one_piece))


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the one environment: templates are compiled once per process."""
    templates = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    templates.filters["bold"] = bold
    return templates


@lru_cache(maxsize=1)
def _plain_environment() -> Environment:
    return environment().overlay(autoescape=False)


def compile_templates() -> int:
    """Compile every template, so that no visitor waits for it, and return how many there are."""
    names = environment().list_templates(extensions=["html", "css"])
    for name in names:
        environment().get_template(name)
    return len(names)
