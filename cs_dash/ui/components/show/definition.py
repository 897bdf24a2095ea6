"""What a number means, as HTML: words, formula, base, edge cases, source, tables, freshness, SQL."""

from __future__ import annotations

from cs_dash.answer import Answer, Definition, Figure
from cs_dash.look import words
from cs_dash.look.templates import Markup, render
from cs_dash.schema.tables import TABLES
from cs_dash.ui.components.text import locale


def definition_html(definition: Definition, figure: Figure | None = None, answer: Answer | None = None) -> Markup:
    """Return a definition as HTML, with the base of `figure` and the day of `answer` where they are given."""
    tables = ", ".join(TABLES[name].title if name in TABLES else name for name in definition.tables)
    facts = [
        ("Formula", definition.formula),
        ("Base", f"{words.count(figure.n, locale())} {figure.n_label or 'accounts'}" if figure and figure.n else ""),
        ("Edge cases", definition.edge_cases),
        ("Source", definition.source),
        ("Data", tables),
        ("As of", words.date(answer.as_of, locale()) if answer and answer.as_of else ""),
    ]
    return render(
        "components/definition.html",
        title=definition.title,
        explanation=definition.explanation,
        facts=facts,
        name=definition.name,
        sql=definition.sql,
    )
