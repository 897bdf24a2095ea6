"""Decks made of answers, in every form that a slide can have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pyarrow as pa

from cs_dash.answer import Answer
from cs_dash.charts import HeatMap, IntervalChart, RankedChart
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


LONG_NAMES = {
    "German": "Donaudampfschifffahrtsgesellschaft für Gebäudeautomatisierung mbH",
    "Russian": "Общество с ограниченной ответственностью «Северные мосты и краны»",
    "Chinese": "中华人民共和国东北地区重型机械设备制造与安装工程有限责任公司上海浦东新区分公司及其附属企业客户服务中心",
    "English": "Llanfairpwllgwyngyll International Facilities Management Holdings",
}
"""Names of about 60 letters, some without a place to break."""


def long_named(deck: Deck, name: str) -> Deck:
    """Return a deck whose categories, labels, facts and titles are long: a name of `LONG_NAMES`."""
    return replace(deck, title=f"{deck.title} {name}", company=name, slides=tuple(_long(s, name) for s in deck.slides))


def _long(slide: Slide, name: str) -> Slide:
    chart, table = slide.chart, slide.table
    if isinstance(chart, (RankedChart, IntervalChart, HeatMap)):
        chart = replace(chart, rows=_renamed(chart.rows, {chart.y}, name))
        if isinstance(chart, (RankedChart, IntervalChart)):
            chart = replace(chart, order=(), color=None, highlight=None)
    if table:
        texts = {column.name for column in table.columns if column.unit == "text"}
        table = replace(table, rows=_renamed(table.rows, texts, name))
    return replace(
        slide,
        title=f"{name}: {slide.title}",
        subtitle=f"{name}, {slide.subtitle}",
        figures=tuple(replace(figure, label=f"{figure.label} {name}") for figure in slide.figures),
        lines=tuple(f"**{name}** {line}" for line in slide.lines),
        chart=chart,
        table=table,
    )


def _renamed(rows: pa.Table, columns: set[str], name: str) -> pa.Table:
    for at, column in enumerate(rows.column_names):
        if column in columns and pa.types.is_string(rows.schema.field(column).type):
            values = [f"{name} {value}" for value in rows.column(column).to_pylist()]
            rows = rows.set_column(at, column, pa.array(values))
    return rows
