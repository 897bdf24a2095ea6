"""`support.to_label`: the tickets whose labels teach the model most, in the order in which people should see them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.errors import UnknownOption
from cs_dash.look.words import count, plural
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table
from cs_dash.questions.support.label_effect import label_notes
from cs_dash.questions.support.period import WINDOWS, bounds, in_words, windowed
from cs_dash.tickets.classifier.model import MIN_EXAMPLES

TO_LABEL_TITLE = "Which labels teach most?"
UNSURE, FEW_EXAMPLES, UNKNOWN_WORDS, LATER = "unsure", "few examples", "unknown words", "later"
"""Why a ticket is offered, as the definition says it."""
USUAL, LARGEST = "100", 1_000
LOOKED_AT = 4
"""So many times more tickets than asked for are looked at, to keep those apart that are alike."""
APART = 3
"""A ticket's subject and topic are not those of so many tickets before it, where any other is left."""
ROWS = {
    "ticket_id": pa.string(), "subject": pa.string(), "body": pa.string(), "language": pa.string(),
    "created_at": pa.timestamp("us"), "kind": pa.string(), "source": pa.string(), "probability": pa.float64(),
    "because": pa.string(), "topic": pa.string(), "about": pa.string(), "why": pa.string(),
}  # fmt: skip
COLUMNS = (
    Column("ticket_id", "Ticket"),
    Column("subject", "Subject"),
    Column("body", "First message"),
    Column("language", "Language"),
    Column("created_at", "Came in", "date"),
    Column("kind", "Kind so far"),
    Column("source", "Kind from", help="model, lexicon or none."),
    Column("probability", "How sure", "share", "How likely the model finds its kind."),
    Column("because", "Words that decided", help="Where a model gave the kind."),
    Column("topic", "Topic id", hidden=True),
    Column("about", "Topic"),
    Column(
        "why", "Why it teaches", help="unsure, few examples (of a kind that it sounds like), unknown words; or later."
    ),
)


@question(
    "support.to_label",
    title=TO_LABEL_TITLE,
    order=130,
    options={"most": (), "window": WINDOWS},
    needs=("tickets",),
    uses=("label_effect", "tickets_to_label"),
)
def to_label(request: QuestionRequest) -> Answer:
    """Return the tickets to label next, at most option `most` of them, those that teach most first.

    What the three kinds of tickets are that follow each other, and what is left out, says the definition. Two tickets
    with the same subject or topic come after each other only where nothing else is left.
    """
    if "tickets" not in request.loaded_tables:
        return request.empty()
    request = windowed(request)
    most = _most(request.options.get("most", USUAL))
    drawn = sorted({ticket for audit in request.audits for ticket in audit.sample})
    found = request.rows(
        "tickets_to_label", drawn=drawn, enough=MIN_EXAMPLES, rows_at_most=LOOKED_AT * most, **bounds(request)
    ).to_pylist()  # fmt: skip
    waiting = found[0]["waiting"] if found else 0
    labelled = request.single_row("label_effect")["labelled"]
    return Answer(
        question=request.question,
        title=request.title,
        headline=_says(request, waiting),
        as_of=request.scope.as_of,
        figures=(
            Figure("waiting", "Tickets to label", waiting, "count", definition="tickets_to_label"),
            Figure("labelled", "Tickets labelled", labelled, "count", definition="label_effect"),
        ),
        rows=arrow_table(spread(found, most), ROWS),
        columns=COLUMNS,
        notes=(*label_notes(request), *_left_out(drawn)),
        definition=request.definitions.get("tickets_to_label"),
        currency=request.currency,
    )


def spread(rows: Sequence[dict[str, Any]], most: int) -> list[dict[str, Any]]:
    """Return at most so many of the rows: always the first that is not about the same as one of the last `APART`.

    The same subject in other letters, or the same topic, is the same; where all are, the first is next.
    """
    left, chosen = list(rows), list[dict[str, Any]]()
    while left and len(chosen) < most:
        before = [_about(row) for row in chosen[-APART:]]
        at = next((at for at, row in enumerate(left) if not any(_alike(_about(row), each) for each in before)), 0)
        chosen.append(left.pop(at))
    return chosen


def _about(row: dict[str, Any]) -> tuple[str, str]:
    return (row["subject"] or "").strip().casefold(), row["topic"] or ""


def _alike(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return any(mine and mine == yours for mine, yours in zip(one, other, strict=True))


def _most(given: str) -> int:
    if given.isascii() and given.isdigit() and 1 <= int(given) <= LARGEST:
        return int(given)
    raise UnknownOption(
        "Not a number of tickets",
        f"Could not list {given} tickets because that is no whole number from 1 to {LARGEST:,}.",
        f"Usual are {USUAL}.",
    )


def _says(request: QuestionRequest, waiting: int) -> str:
    if not waiting:
        return (
            f"Nothing waits for a label, {in_words(request.scope)}: there is no ticket with a text whose kind neither"
            " people nor the export's own columns told."
        )
    text = f"Of **{plural(waiting, 'ticket')}** neither people nor the export's columns told the kind"
    return f"{text}, {in_words(request.scope)}; the first of the list teach the model most."


def _left_out(drawn: Sequence[str]) -> tuple[Note, ...]:
    if not drawn:
        return ()
    verb = "is" if len(drawn) == 1 else "are"
    text = f"{count(len(drawn))} tickets drawn for an audit {verb} never offered: it must stay a fair sample."
    return (Note(text, "fact", ("waiting",)),)
