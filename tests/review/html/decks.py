"""Decks made of answers, in every form that a slide can have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from cs_dash.answer import Answer
from cs_dash.look import words
from cs_dash.review.deck import Deck, Remark, Slide, SlideForm, SlideTable, Source
from cs_dash.scope import Scope

Ask = Callable[..., Answer]
QUESTIONS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("Health", "health.bands", {}), ("Retention", "retention.summary", {}), ("Retention", "retention.bridge", {}),
    ("Retention", "retention.cohorts", {"by": "quarter"}), ("Retention", "retention.survival", {}),
    ("Churn", "churn.reasons", {}), ("Churn", "churn.kinds", {}), ("Churn", "churn.path", {}),
    ("Support", "support.howto", {}), ("Support", "support.kinds", {}), ("Support", "support.times", {}),
    ("Support", "support.topics", {}), ("Roadmap", "roadmap.impact", {}), ("Shared goals", "alignment.journey", {}),
    ("Health", "health.groups", {}), ("Retention", "retention.by_dimension", {}),
)  # fmt: skip
TABLES: tuple[tuple[str, str, int], ...] = (
    ("Roadmap", "roadmap.opportunities", 8),
    ("Retention", "retention.renewals", 4),
    ("Data", "data.quality", 7),
)


def slide_of(
    name: str, answer: Answer, section: str, scope: Scope, *, form: SlideForm = "finding", item: str = ""
) -> Slide:
    """Return a slide that shows as much of an answer as it can: a chart, figures, facts, caveats."""
    return Slide(
        name,
        form,
        section,
        answer.headline or answer.title,
        subtitle=answer.charts[0].subtitle if answer.charts else answer.title,
        figures=answer.figures[:4],
        chart=answer.charts[0] if answer.charts else None,
        lines=tuple(note.text for note in answer.notes if note.kind == "fact")[:4],
        doubts=tuple(note.text for note in answer.notes if note.kind == "doubt"),
        definition=answer.definition,
        sources=(Source(answer.question, (), scope),),
        currency=answer.currency,
        item=item,
    )


def table_slide(name: str, answer: Answer, section: str, scope: Scope, columns: int) -> Slide:
    """Return a slide that shows the rows of an answer in its first columns."""
    shown = tuple(column for column in answer.columns if not column.hidden and column.unit != "trend")[:columns]
    return Slide(
        name,
        "finding",
        section,
        answer.headline or answer.title,
        subtitle=answer.title,
        figures=answer.figures[:4],
        table=SlideTable(shown, answer.rows, answer.rows.num_rows),
        sources=(Source(answer.question, (), scope),),
        currency=answer.currency,
    )


def deck_of(ask: Ask, *, item: str = "", title: str = "Roadmap review Q3 2026") -> Deck:
    """Return a deck with a title, one slide for each question, tables, a decision, remarks and a hidden slide.

    `item`: the roadmap item on which the decision slide asks; `ask(question, **options)` answers.
    """
    scope = Scope().resolved(ask("retention.summary").as_of)
    as_of = scope.as_of
    slides = [Slide("title", "title", "", title, subtitle="What to decide today, and why", lines=("Three decisions",))]
    for section, question, options in QUESTIONS:
        slides.append(slide_of(question.replace(".", "-"), ask(question, **options), section, scope))
    for section, question, columns in TABLES:
        slides.append(table_slide(f"table-{question.replace('.', '-')}", ask(question), section, scope, columns))
    topics = ask("support.topics")
    slides.append(slide_of(f"item-{item or 'R-1'}", topics, "Decisions", scope, form="decision", item=item))
    slides.append(
        Slide(
            "facts", "appendix", "Appendix", "What changed since the last review",
            lines=(
                "Net revenue retention is **103.2\u202f%**, 0.4 points lower than at the last review.",
                "**4 of 5** decisions of the last review were kept.", "Two topics grew by more than a third.",
            ),
            remarks=(
                Remark("Ask Finance about the contracts.", "Jo", dt.date(2026, 10, 1), "Since then 2 more."),
            ),
            title_outdated="When this title was written, NRR was 104.0\u202f%.", speaker_notes="Say **thanks** to all.",
        )
    )  # fmt: skip
    slides.append(Slide("secret", "finding", "", "Nobody sees this slide", hidden=True))
    return Deck(title, "Field Ops Ltd", as_of, "12 months, all accounts", "load 1 of 2 Oct 2026, frozen", tuple(slides))


def shown_figures(deck: Deck) -> list[tuple[str, str, str]]:
    """Return (slide, figure, value in words) of every figure that a deck shows."""
    return [
        (slide.name, figure.name, words.figure_value(figure, slide.currency, "en"))
        for slide in deck.shown
        for figure in slide.figures
    ]
