"""The first slides: the headline figures, what changed notably in the quarter, and the decisions asked."""

from __future__ import annotations

from cs_dash.review.asking import Answers
from cs_dash.review.contents.parts import (
    Section,
    absent,
    chart_named,
    figures_of,
    plain,
    sentences,
    slide,
    title_of,
)
from cs_dash.review.contents.undecided import undecided

SECTION = "Headlines"
MOST_CHANGES = 4


def headlines(answers: Answers) -> Section:
    """Return the slide of headline figures, with what changed most since the last quarter and what is to decide."""
    summary = answers.of("overview.summary")
    figures = figures_of(summary, "nrr", "grr", "mrr_at_risk", "howto_share")
    if not figures:
        return Section.of(absent(SECTION, summary))
    quarter = answers.within_quarter()
    changes = quarter.of("overview.changes").rows.to_pylist()[:MOST_CHANGES]
    goals = answers.of("alignment.goals")
    items = [row["title"] for row in undecided(answers)]
    lines = [
        *(row["change"] for row in changes),
        sentences(goals.headline)[0] if goals.rows.num_rows else "",
        f"**To decide today:** {'; '.join(items)}" if items else "",
    ]
    sources = [answers.source("overview.summary"), quarter.source("overview.changes")]
    if goals.rows.num_rows:
        sources.append(answers.source("alignment.goals"))
    if items:
        sources.append(answers.source("roadmap.opportunities"))
    return Section.of(
        slide(
            "headlines",
            SECTION,
            summary,
            title_of(summary.headline),
            *sources,
            subtitle="Where we stand, and what changed most since the last quarter",
            figures=figures,
            lines=lines,
        )
    )


def movers(answers: Answers) -> Section:
    """Return the slide of the accounts whose MRR changed most in the quarter."""
    quarter = answers.within_quarter()
    changes = quarter.of("overview.changes")
    chart = chart_named(changes, "movers")
    if chart is None:
        return Section.of(absent("Largest MRR changes", changes) if changes.missing_tables else None)
    return Section.of(
        slide(
            "movers",
            "Account health",
            changes,
            title_of(chart.title),
            quarter.source("overview.changes"),
            chart=chart,
            lines=(plain(changes.headline),),
        )
    )
