"""Support demand: the how-to share and its cost, the top topics, and the questions without a good article."""

from __future__ import annotations

from cs_dash.look import words
from cs_dash.review.asking import Answers
from cs_dash.review.contents.parts import (
    Section,
    absent,
    chart_named,
    figure_named,
    figures_of,
    plain,
    sentences,
    slide,
    table_of,
    title_of,
)
from cs_dash.review.deck import Slide

SECTION = "Support demand"
TARGET_METRIC = "howto_share"


def howto(answers: Answers) -> Section:
    """Return the slides of the how-to share against reference and target, and of what how-to tickets cost."""
    quarter = answers.of("support.howto")
    share = figure_named(quarter, "share")
    if share is None:
        return Section.of(absent("How-to share", quarter))
    year = answers.of("support.howto", window="12")
    sources = [answers.source("support.howto"), answers.source("support.howto", window="12")]
    goals = [row for row in answers.of("alignment.goals").rows.to_pylist() if row["metric"] == TARGET_METRIC]
    if goals:
        sources.append(answers.source("alignment.goals"))
    benchmark = [note.text for note in quarter.notes if note.text.startswith("Benchmark")]
    target = [
        f"Target {goal['target_text']} by {words.date(goal['due'])}: **{goal['state']}**,"
        f" {goal['forecast_text']} expected"
        for goal in goals[:1]
    ]
    return Section.of(
        slide(
            "howto", SECTION, quarter, _share_title(quarter.headline, share.value, share.n), *sources,
            chart=chart_named(year, "howto_months"),
            figures=figures_of(quarter, "share", "tickets", "contact_rate"), lines=(*target, *benchmark),
        ),
        *_cost(answers),
    )  # fmt: skip


def _share_title(headline: str, share: float | None, n: int | None) -> str:
    """Return the share with its change, in the words of the headline, which names the base and interval too."""
    clauses = [clause for clause in sentences(headline)[0].split(", ") if "higher than" in clause or "lower" in clause]
    return ", ".join([f"The how-to share is {words.share(share, n)}", *clauses[:1]])


def _cost(answers: Answers) -> tuple[Slide | str | None, ...]:
    answer = answers.of("support.howto", measure="cost")
    cost, hours = figure_named(answer, "howto_cost"), figure_named(answer, "howto_hours")
    chart = chart_named(answer, "howto_months")
    no_cost = (
        "Cost of how-to tickets: set a cost per hour, or per how-to ticket, in Settings." if cost is None else None
    )
    if chart is None or (cost is None and hours is None):
        return (no_cost,)
    if cost is not None:
        title = f"How-to tickets cost {words.figure_value(cost, answer.currency)} in the quarter"
    else:
        title = f"How-to tickets took {words.number(hours.value if hours else None)} hours of handling time"
    return (
        slide(
            "howto-cost", SECTION, answer, title, answers.source("support.howto", measure="cost"), chart=chart,
            figures=figures_of(answer, "howto_cost", "howto_hours"), lines=(chart.title,),
        ),
        no_cost,
    )  # fmt: skip


def topics(answers: Answers) -> Section:
    """Return the slide of the top topics with their accounts and MRR."""
    answer = answers.of("support.topics")
    table = table_of(
        answer, "label", "tickets", "change", "accounts", "mrr", "mrr_renewing", "not_green", "fix"
    )  # fmt: skip
    if table is None:
        return Section.of(absent("Topics", answer))
    chart = chart_named(answer, "topics")
    return Section.of(
        slide(
            "topics",
            SECTION,
            answer,
            title_of(chart.title if chart else "", answer.headline),
            answers.source("support.topics"),
            table=table,
            subtitle="How-to tickets and feature requests of the quarter, and the accounts behind them",
            lines=sentences(answer.headline)[-1:],
        )
    )


def content_gaps(answers: Answers) -> Section:
    """Return the slide of the questions that have no help article, or one that is not enough."""
    answer = answers.of("support.articles")
    chart = chart_named(answer, "questions")
    if chart is None:
        return Section.of(absent("Content gaps", answer))
    return Section.of(
        slide(
            "content-gaps",
            SECTION,
            answer,
            title_of(chart.title, *sentences(answer.headline)[-1:]),
            answers.source("support.articles"),
            chart=chart,
            figures=figures_of(answer, "not_covered", "still_asked", "covered", "about_nothing"),
            lines=(plain(answers.of("support.content_plan").headline),),
        )
    )
