"""Churn: the reasons, what of it was avoidable, and what the product had to do with it."""

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
    short_name,
    slide,
    table_of,
    title_of,
)
from cs_dash.review.deck import Slide

SECTION = "Churn"


def churn(answers: Answers) -> Section:
    """Return the slides of the churn reasons, and of the product areas behind them."""
    summary = answers.of("churn.summary")
    reasons = answers.of("churn.reasons", level="category")
    chart = chart_named(reasons, "reasons")
    if chart is None:
        return Section.of(_rate(answers), absent("Churn reasons", reasons), _product(answers))
    return Section.of(
        slide(
            "churn", SECTION, reasons, title_of(chart.title), answers.source("churn.reasons", level="category"),
            answers.source("churn.summary"), chart=chart,
            figures=figures_of(summary, "churned_accounts", "churn_share", "mrr_lost", "controllable"),
            lines=(plain(summary.headline),),
        ),
        _product(answers),
    )  # fmt: skip


def _rate(answers: Answers) -> Slide | str:
    """Return the slide of the churn rate alone, for data without reasons."""
    summary = answers.of("churn.summary")
    chart = chart_named(summary, "churn_by_dimension")
    if chart is None:
        return absent(SECTION, summary)
    return slide(
        "churn", SECTION, summary, title_of(summary.headline, chart.title), answers.source("churn.summary"),
        chart=chart, figures=figures_of(summary, "churned_accounts", "churn_share", "mrr_lost"),
    )  # fmt: skip


def _product(answers: Answers) -> Slide | str | None:
    answer = answers.of("churn.product")
    table = table_of(answer, "area", "accounts", "share", "howto", "defects", "requests", "mrr_lost")
    lost = figure_named(answer, "lost_over_product")
    if table is None or lost is None:
        return absent("Churn by product area", answer) if answer.missing_tables else None
    first = answer.rows.to_pylist()[0]
    area, of_all = short_name(first["area"]), words.plural(lost.value, "account")
    return slide(
        "churn-product", SECTION, answer,
        f"{area}: behind {words.count(first['accounts'])} of {of_all} lost for product reasons",
        answers.source("churn.product"), table=table, figures=(lost,),
        subtitle="Product areas with tickets or requests of these accounts in the 6 months before",
    )  # fmt: skip
