"""The appendix: what changed since the last quarter, the quality of the data, what is missing, and definitions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cs_dash.answer import Column
from cs_dash.look import words
from cs_dash.review.asking import Answers
from cs_dash.review.contents.parts import figures_of, plain, slide, table_of, text_table, title_of
from cs_dash.review.deck import Slide

SECTION = "Appendix"
_MISSING_COLUMNS = (Column("part", "Part"), Column("reason", "What is missing"))
_DEFINITION_COLUMNS = (Column("title", "Figure"), Column("explanation", "What it means"), Column("formula", "Formula"))


def appendix(answers: Answers, slides: Iterable[Slide], missing: Sequence[str]) -> tuple[Slide, ...]:
    """Return the slides of the appendix of a deck with `slides`, whose missing parts are `missing`."""
    parts = (_changes(answers), _quality(answers), missing_parts(missing), definitions(slides))
    return tuple(part for part in parts if part is not None)


def _changes(answers: Answers) -> Slide | None:
    quarter = answers.within_quarter()
    answer = quarter.of("overview.changes")
    table = table_of(answer, "change", "group", "good", "doubt")
    if table is None:
        return None
    return slide(
        "changes", SECTION, answer, title_of(answer.headline), quarter.source("overview.changes"), form="appendix",
        subtitle="What changed since the end of the last quarter, the largest change first", table=table,
    )  # fmt: skip


def _quality(answers: Answers) -> Slide | None:
    answer = answers.of("data.quality")
    table = table_of(answer, "title", "rows", "newest", "coverage", "orphans", "duplicates", "effect")
    if table is None:
        return None
    return slide(
        "data-quality", SECTION, answer, title_of(answer.headline), answers.source("data.quality"), form="appendix",
        subtitle="The tables that the numbers come from", table=table,
        figures=figures_of(answer, "rows", "tickets_with_account", "contradictions"),
    )  # fmt: skip


def missing_parts(missing: Sequence[str]) -> Slide | None:
    """Return the slide of what could not be shown and what to load; None where nothing is missing."""
    if not missing:
        return None
    return Slide(
        "not-in-the-data", "appendix", SECTION,
        f"{words.plural(len(missing), 'part')} of the review could not be shown",
        "What is missing, and what to load",
        table=text_table(_MISSING_COLUMNS, [_missing_row(text) for text in missing]),
    )  # fmt: skip


def _missing_row(text: str) -> dict[str, str]:
    part, _, reason = plain(text).partition(": ")
    return {"part": part, "reason": f"{reason[:1].upper()}{reason[1:]}"}


def definitions(slides: Iterable[Slide]) -> Slide | None:
    """Return the slide of the definitions of the main figures of slides; None without any."""
    used = {part.definition.name: part.definition for part in slides if part.definition}
    rows = [
        {"title": one.title, "explanation": one.explanation, "formula": one.formula}
        for one in sorted(used.values(), key=lambda one: one.title)
    ]
    if not rows:
        return None
    return Slide(
        "definitions", "appendix", SECTION, f"{words.plural(len(rows), 'definition')} of the figures in this deck",
        "The same as on the Definitions page", table=text_table(_DEFINITION_COLUMNS, rows),
    )  # fmt: skip
