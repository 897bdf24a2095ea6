"""Which pages show a definition: those that ask a question which uses it."""

from __future__ import annotations

from cs_dash import page_registry as registry
from cs_dash.answer import Definition
from cs_dash.look.templates import Markup, render
from cs_dash.questions.catalogue import questions
from cs_dash.questions.lineage import built_on, questions_of, titles


def shown_html(definition: Definition) -> Markup:
    """Return the pages and questions that show a definition, and the definitions built on it, as rows of HTML."""
    using = questions_of().get(definition.name, ())
    pages_by_question = registry.pages_by_question()
    pages = []
    for page in registry.pages():
        question_titles = [questions()[name].title for name in using if page in pages_by_question.get(name, ())]
        if question_titles:
            pages.append((page, question_titles))
    off_page = [name for name in using if name not in pages_by_question]
    users = [(name, titles()[name]) for name in built_on().get(definition.name, ())]
    if not pages and not off_page and not users:
        return Markup()
    return render("definitions/where_shown.html", pages=pages, off_page=off_page, users=users)
