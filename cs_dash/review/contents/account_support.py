"""What support did for one customer: tickets, answers and response times."""

from __future__ import annotations

from typing import Any

from cs_dash.answer import Answer
from cs_dash.look import words
from cs_dash.review.asking import Answers
from cs_dash.review.contents.parts import (
    Section,
    absent,
    chart_named,
    figure_named,
    figures_of,
    plain,
    slide,
    table_of,
    title_of,
)


def tickets(answers: Answers) -> Section:
    """Return the slides of the tickets by category and of their topics."""
    kinds, topics = answers.of("support.kinds"), answers.of("support.topics")
    chart = chart_named(kinds, "kind_months")
    table = table_of(topics, "label", "tickets", "change", "example")
    return Section.of(
        slide(
            "tickets", "Support", kinds, title_of(kinds.headline, chart.title),
            answers.source("support.kinds"), chart=chart,
        )
        if chart
        else absent("Tickets", kinds),
        slide(
            "ticket-topics", "Support", topics, title_of(*_topic_titles(topics)), answers.source("support.topics"),
            subtitle="How-to questions and feature requests of the quarter by topic", table=table,
        )
        if table
        else None,
    )  # fmt: skip


def _topic_titles(topics: Answer) -> tuple[str, ...]:
    first: dict[str, Any] = topics.rows.to_pylist()[0]
    counted = words.plural(topics.rows.num_rows, "topic")
    return (f"Questions on {counted}", f"Questions on {counted}, among them {first['label']}")


def articles(answers: Answers) -> Section:
    """Return the slide of the questions and the help articles that answer them."""
    answer = answers.of("support.articles")
    covered = figure_named(answer, "covered")
    table = table_of(answer, "question", "tickets", "article", "address")
    if table is None or covered is None:
        return Section()
    return Section.of(
        slide(
            "answers",
            "Support",
            answer,
            f"Help articles cover {words.figure_value(covered)} of {words.plural(covered.n, 'how-to ticket')}",
            answers.source("support.articles"),
            subtitle="Questions of the quarter, and the article that answers them",
            table=table,
            figures=figures_of(answer, "covered", "not_covered"),
        )
    )


def response_times(answers: Answers) -> Section:
    """Return the slide of how long they waited for a response and a resolution."""
    answer = answers.of("support.times")
    figures = figures_of(answer, "reply_median", "resolution_median", "reply_met", "resolution_met")
    if not figures:
        return Section()
    chart = chart_named(answer, "resolution_by_priority")
    return Section.of(
        slide(
            "response-times",
            "Support",
            answer,
            title_of(answer.headline.split(";")[0], chart.title if chart else ""),
            answers.source("support.times"),
            chart=chart,
            figures=figures,
            lines=() if chart else (plain(answer.headline),),
        )
    )
