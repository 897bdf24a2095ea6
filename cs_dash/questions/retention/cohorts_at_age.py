"""The accounts of all cohorts that reached one age, and the outcome of each: what an average curve is made of."""

from __future__ import annotations

from collections import Counter

from cs_dash.answer import Answer, Column, Figure
from cs_dash.errors import UnknownOption
from cs_dash.look import words
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table, small_base_note
from cs_dash.questions.retention.cohort_accounts import COLUMNS, TYPES, Cell, cell_rows, outcome_figures
from cs_dash.questions.retention.cohorts import BY, cells, macro_of, needed
from cs_dash.questions.retention.doubts import doubts
from cs_dash.questions.retention.triangle import VERB
from cs_dash.stats.intervals import wilson

MEASURES = ("paying", "activity")
AT_THE_AGE = {
    "mrr_then": Column("mrr_then", "MRR at this age", "money", "On the last day of the month or quarter of this age."),
    "last_day": Column("last_day", "Last active", "date", "Up to the end of the month or quarter of this age."),
}
"""Columns of one cell as they are said of the age of each account's own cohort."""


@question(
    "retention.cohorts_at_age",
    title="Accounts that reached an age",
    order=75,
    options={"age": (), "by": BY, "measure": MEASURES},
    needs=("subscriptions", "accounts", "usage"),
    uses=("activity_cohort_accounts", "activity_cohorts", "cohort_accounts", "revenue_cohorts", "revenue_doubts"),
)
def cohorts_at_age(request: QuestionRequest) -> Answer:
    """Return the accounts of every cohort that completed an age, each with its outcome at that age.

    Options: age, in months or quarters; without it 0. Their share that is still active is the weighted average of the
    cohorts, as the curves by age draw it.

    Raises:
        UnknownOption: the age is no whole number.
    """
    by, measure = request.option("by", *BY), request.option("measure", *MEASURES)
    if needed(measure)[0] not in request.loaded_tables:
        return request.empty(*needed(measure))
    age = _age(request)
    reached = [row["cohort"] for row in cells(request, by, measure) if row["final"] and row["age"] == age]
    rows = cell_rows(request, [Cell(by, cohort, age, request.as_of) for cohort in reached], measure)
    counts = Counter(row["became"] for row in rows)
    figures = outcome_figures(counts, len(rows), measure, macro_of(measure))
    share = _share(figures, measure, f"after {words.plural(age, by)}")
    headline = f"No cohort is {words.plural(age, by)} old yet."
    if rows:
        headline = (
            f"**{words.share(share.value, len(rows))}** of {words.plural(len(rows), 'account')} in"
            f" {words.plural(len(reached), 'cohort')} still {VERB[measure]} after {words.plural(age, by)}."
        )
    return request.answer(
        title=f"Accounts that reached {words.plural(age, by)}",
        headline=headline,
        figures=(share, *figures) if rows else (),
        rows=arrow_table(rows, TYPES[measure]),
        columns=tuple(AT_THE_AGE.get(column.name, column) for column in COLUMNS),
        notes=() if measure == "activity" else doubts(request).notes,
        definition="activity_cohort_accounts" if measure == "activity" else "cohort_accounts",
    )


def _age(request: QuestionRequest) -> int:
    text = request.options.get("age", "0")
    if not text.isascii() or not text.isdigit():
        problem = f"Could not use age={text} because it is not a whole number."
        raise UnknownOption("Unknown age", problem, "Use the form age=6.")
    return int(text)


def _share(figures: list[Figure], measure: str, after: str) -> Figure:
    counts = {figure.name: int(figure.value or 0) for figure in figures}
    active, size = counts["active"], counts["size"]
    low, high = wilson(active, size) or (None, None)
    return Figure(
        "active_share", f"Still {VERB[measure]} {after}", active / size if size else None, "share", n=size,
        n_label="accounts", low=low, high=high, better="up", caveat=small_base_note(size),
        definition=macro_of(measure),
    )  # fmt: skip
