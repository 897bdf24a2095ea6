"""Account health: bands, moves, and the accounts at risk now."""

from __future__ import annotations

from cs_dash.review.asking import Answers
from cs_dash.review.contents.parts import (
    Section,
    absent,
    chart_named,
    figures_of,
    slide,
    table_of,
    title_of,
)

SECTION = "Account health"


def health(answers: Answers) -> Section:
    """Return the slides of MRR by health band, of the scores that moved and of the accounts at risk."""
    bands = answers.of("health.bands")
    bands_chart = chart_named(bands, "band_months")
    if bands_chart is None:
        return Section.of(absent(SECTION, bands))
    accounts = answers.of("health.accounts")
    moves_chart = chart_named(accounts, "movers")
    at_risk = answers.of("overview.at_risk")
    risk_table = table_of(
        at_risk, "account", "score", "top_reason", "change_28d", "mrr", "renewal_date", "csm", "why_listed"
    )
    return Section.of(
        slide(
            "health", SECTION, bands, title_of(bands_chart.title, bands.headline), answers.source("health.bands"),
            chart=bands_chart, figures=figures_of(bands, "green_share", "red_accounts", "red_mrr", "not_scored"),
        ),
        slide(
            "health-moves", SECTION, accounts, title_of(moves_chart.title), answers.source("health.accounts"),
            chart=moves_chart, figures=figures_of(accounts, "fell", "flagged", "flagged_mrr"),
        )
        if moves_chart
        else None,
        slide(
            "at-risk", SECTION, at_risk, title_of(at_risk.headline, at_risk.headline.split(";")[0]),
            answers.source("overview.at_risk"),
            subtitle="Red accounts, score drops of 10 points or more, and early warnings with a renewal within 90 days",
            table=risk_table,
        )
        if risk_table
        else None,
    )  # fmt: skip
