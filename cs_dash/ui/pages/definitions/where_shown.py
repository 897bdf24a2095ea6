"""Which pages show a definition: those that ask a question which uses it."""

from __future__ import annotations

from cs_dash.answer import Definition
from cs_dash.questions.catalogue import questions
from cs_dash.questions.lineage import built_on, questions_of, titles
from cs_dash.ui import registry
from cs_dash.ui.components.text import escaped


def shown_html(definition: Definition) -> str:
    """Return the pages and questions that show a definition, and the definitions built on it, as rows of HTML."""
    using = questions_of().get(definition.name, ())
    places = [
        f'<a href="{page.name}" target="_self">{page.label}</a>: '
        + ", ".join(escaped(questions()[name].title) for name in names)
        for page in registry.pages()
        if (names := [name for name in using if page in registry.pages_by_question().get(name, ())])
    ]
    off_page = [name for name in using if name not in registry.pages_by_question()]
    if off_page:
        places.append("Command line: " + ", ".join(f"<code>{escaped(name)}</code>" for name in off_page))
    users = [
        f'<a href="definitions?metric={escaped(name)}" target="_self">{escaped(titles()[name])}</a>'
        for name in built_on().get(definition.name, ())
    ]
    facts = (("Shown on", "<br>".join(places)), ("Part of", ", ".join(users)))
    terms = "".join(f"<dt>{term}</dt><dd>{text}</dd>" for term, text in facts if text)
    return f"<dl>{terms}</dl>" if terms else ""
