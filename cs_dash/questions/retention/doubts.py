"""The caveats that apply to every revenue figure."""

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
    """Caveats of the revenue figures.

    Attributes:
        notes: one note for each caveat.
        undated: most contract lines have no dates of their own, so figures by month mean nothing.
    """

    notes: tuple[Note, ...]
    undated: bool


def doubts(request: QuestionRequest) -> Doubts:
    """Return the caveats that the contract lines give rise to."""
    row = request.single_row("revenue_doubts", as_of_day=request.as_of)
    return Doubts(notes=tuple(_lines(request, row)), undated=row["lines_assumed"] * 2 > row["lines"])


def nobody_paid(request: QuestionRequest, when: str) -> str:
    """Return, as a clause, that nobody paid at a time, as far as the amounts of the contract lines bear it out."""
    unknown = request.single_row("lines_without_amount")["lines"]
    if unknown:
        lines = words.plural(unknown, "contract line has", "contract lines have")
        return f"No paying accounts known {when} ({lines} no known amount)"
    amounts = ("subscriptions.mrr", "subscriptions.arr", "subscriptions.amount", "accounts.mrr", "accounts.arr")
    return request.lacks(f"No paying accounts {when}", f"No amounts loaded that show who paid {when}", *amounts)


def _lines(request: QuestionRequest, row: dict[str, Any]) -> list[Note]:
    notes = []
    if row["lines_without_account"]:
        lines = words.plural(row["lines_without_account"], "contract line matches", "contract lines match")
        lost = words.money(row["mrr_without_account"], request.currency)
        notes.append(Note(f"{lines} no account: {lost} of MRR is in none of these figures.", "doubt", REVENUE + LOGOS))
    if row["lines_gone"]:
        singular = "contract line no longer pays according to its status"
        lines = words.plural(row["lines_gone"], singular, "contract lines no longer pay according to their status")
        paused = f", {words.count(row['lines_paused'])} of them paused" if row["lines_paused"] else ""
        text = f"{lines}{paused}, with no end date: counted up to the sheet's latest date."
        notes.append(Note(text, "assumption", REVENUE + LOGOS))
    if assumed := row["lines_assumed"] - row["lines_gone"]:
        lines = words.plural(assumed, "contract line has", "contract lines have")
        text = f"{lines} assumed dates: monthly figures are unreliable."
        notes.append(Note(text, "assumption", REVENUE + LOGOS))
    if row["currencies"] > 1:
        text = (
            f"Contract lines are in {words.count(row['currencies'])} currencies. Each is converted once, at the rate"
            " on its start date, so exchange rates do not move revenue unless you choose current rates."
        )
        notes.append(Note(text, "assumption", (*REVENUE, "fx")))
    return notes


def contradictions(request: QuestionRequest) -> list[Note]:
    """Return where churn flags and churn events contradict the contract lines, from which retention is computed."""
    marks = request.in_scope(request.rows("churn_marks", as_of_day=request.as_of)).to_pylist()
    marked = sum(row["flagged"] and (row["mrr"] or 0) > 0 for row in marks)
    stayed = sum(row["contradiction"] == "churn event, but never stopped paying" for row in marks)
    notes = []
    if marked:
        accounts_text = words.plural(
            marked, "account marked as churned still pays", "accounts marked as churned still pay"
        )
        notes.append(Note(f"{accounts_text}: counted as retained.", "contradiction", LOGOS))
    if stayed:
        accounts_text = words.plural(stayed, "account has", "accounts have")
        text = f"{accounts_text} a churn event but never stopped paying: counted as retained."
        notes.append(Note(text, "contradiction", LOGOS))
    return notes
