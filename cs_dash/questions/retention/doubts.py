"""What stands in doubt beside every figure of revenue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cs_dash.answer import Note
from cs_dash.look import words
from cs_dash.questions.request import QuestionRequest

LOGOS = ("logo_retention", "accounts_start", "accounts_end")
REVENUE = ("nrr", "grr", "mrr_start", "mrr_end")


@dataclass(frozen=True)
class Doubts:
    """What stands in doubt.

    Attributes:
        notes: one line for each doubt.
        undated: most contract lines have no dates of their own, so that months tell nothing.
    """

    notes: tuple[Note, ...]
    undated: bool


def doubts(request: QuestionRequest) -> Doubts:
    """Return what the contract lines leave open."""
    found = request.single_row("revenue_doubts", as_of_day=request.as_of)
    return Doubts(notes=tuple(_lines(request, found)), undated=found["lines_assumed"] * 2 > found["lines"])


def _lines(request: QuestionRequest, found: dict[str, Any]) -> list[Note]:
    notes = []
    if found["lines_without_account"]:
        lines = words.plural(found["lines_without_account"], "contract line fits", "contract lines fit")
        lost = words.money(found["mrr_without_account"], request.currency)
        notes.append(
            Note(f"{lines} no account, and no figure here holds the revenue: {lost} a month.", "doubt", REVENUE + LOGOS)
        )
    if found["lines_assumed"]:
        lines = words.plural(found["lines_assumed"], "contract line")
        text = f"The dates of {lines} were assumed from a tenure: what is said of single months is not known."
        notes.append(Note(text, "assumption", REVENUE + LOGOS))
    if found["currencies"] > 1:
        text = (
            f"The contract lines name {words.count(found['currencies'])} currencies. Each line is converted once, at"
            " the rate of its start, so exchange rates move no revenue, unless current rates are chosen."
        )
        notes.append(Note(text, "assumption", (*REVENUE, "fx")))
    return notes


def contradictions(request: QuestionRequest) -> list[Note]:
    """Return where marks and churn events speak against the contract lines, from which retention is computed."""
    marks = request.in_scope(request.rows("churn_marks", as_of_day=request.as_of)).to_pylist()
    marked = sum(row["flagged"] and (row["mrr"] or 0) > 0 for row in marks)
    stayed = sum(row["contradiction"] == "churn event, but never stopped paying" for row in marks)
    notes = []
    if marked:
        told = words.plural(marked, "account marked as churned still pays", "accounts marked as churned still pay")
        notes.append(Note(f"{told}: counted as kept.", "contradiction", LOGOS))
    if stayed:
        told = words.plural(stayed, "account has", "accounts have")
        text = f"{told} a churn event and never stopped paying: counted as kept."
        notes.append(Note(text, "contradiction", LOGOS))
    return notes
