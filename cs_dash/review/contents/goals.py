"""The goals that product and customer success share."""

from __future__ import annotations

from cs_dash.review.asking import Answers
from cs_dash.review.contents.parts import Section, absent, figures_of, plain, sentences, slide, table_of, title_of


def goals(answers: Answers) -> Section:
    """Return the slide of the shared goals."""
    answer = answers.of("alignment.goals")
    table = table_of(answer, "title", "start_text", "now_text", "target_text", "due", "state", "forecast_text", "owner")
    if table is None:
        return Section.of(absent("Shared goals", answer))
    return Section.of(
        slide(
            "goals",
            "Shared goals",
            answer,
            title_of(answer.headline),
            answers.source("alignment.goals"),
            table=table,
            figures=figures_of(answer, "on_track", "off_track", "missed"),
            lines=[plain(part) for part in sentences(answer.headline)[1:]],
        )
    )
