"""`support.to_label`: the tickets whose labels improve the classifier most, in the order in which to label them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.errors import UnknownOption
from cs_dash.look.words import plural
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table
from cs_dash.questions.support.label_effect import label_notes
from cs_dash.questions.support.period import WINDOWS, bounds, in_words, windowed
from cs_dash.tickets.classifier.model import MIN_EXAMPLES

TO_LABEL_TITLE = "Improve the classifier"
UNSURE, FEW_EXAMPLES, UNKNOWN_WORDS, LATER = "unsure", "few examples", "unknown words", "later"
"""Why a ticket is in the queue; the words are those of the definition `tickets_to_label`."""
DEFAULT_ROWS, MAX_ROWS = "100", 1_000
CANDIDATES_PER_ROW = 4
"""Candidates fetched per ticket in the queue, so that similar tickets can be spread out."""
SPACING = 3
"""A ticket repeats no subject or topic of this many tickets before it, as long as there is another to choose."""
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
    Column("created_at", "Created", "date"),
    Column("kind", "Current category"),
    Column("source", "Category source", help="Model, lexicon or none."),
    Column("probability", "Confidence", "share", "The model's probability for its category."),
    Column("because", "Deciding words", help="Where a model set the category."),
    Column("topic", "Topic ID", hidden=True),
    Column("about", "Topic"),
    Column(
        "why", "Reason", help="Unsure, few examples (of the likely category) or unknown words; later: lower priority."
    ),
)


@question(
    "support.to_label",
    title=TO_LABEL_TITLE,
    order=130,
    options={"most": (), "window": WINDOWS},
    needs=("tickets",),
    uses=("label_effect", "ticket_texts", "tickets_to_label"),
)
def labelling_queue(request: QuestionRequest) -> Answer:
    """Return the tickets to label next, at most option `most` of them, the most useful for the model first.

    The definition `tickets_to_label` describes the three reasons that take turns, and which tickets are left out. Two
    tickets with the same subject or topic are neighbours only if there is nothing else to choose.
    """
    if "tickets" not in request.loaded_tables:
        return request.empty()
    request = windowed(request)
    most = _row_limit(request.options.get("most", DEFAULT_ROWS))
    audited_ids = sorted({ticket for audit in request.audits for ticket in audit.sample})
    candidates = request.rows(
        "tickets_to_label",
        drawn=audited_ids,
        enough=MIN_EXAMPLES,
        rows_at_most=CANDIDATES_PER_ROW * most,
        **bounds(request),
    ).to_pylist()
    queue_length = candidates[0]["waiting"] if candidates else 0
    labelled = request.single_row("label_effect")["labelled"]
    return request.answer(
        headline=_headline(request, queue_length),
        figures=(
            Figure("waiting", "Tickets to label", queue_length, "count", definition="tickets_to_label"),
            Figure("labelled", "Tickets labelled", labelled, "count", definition="label_effect"),
        ),
        rows=arrow_table(spread_out(candidates, most), ROWS),
        columns=COLUMNS,
        notes=(*label_notes(request), *_audit_notes(audited_ids)),
        definition="tickets_to_label",
    )


def spread_out(rows: Sequence[dict[str, Any]], most: int) -> list[dict[str, Any]]:
    """Return at most `most` rows, each time the first that is not similar to one of the last `SPACING` rows.

    Rows are similar if they share the topic, or the subject regardless of case. If all are similar, the first is next.
    """
    remaining, chosen = list(rows), list[dict[str, Any]]()
    while remaining and len(chosen) < most:
        before = [_subject_and_topic(row) for row in chosen[-SPACING:]]
        at = next(
            (
                at
                for at, row in enumerate(remaining)
                if not any(_is_alike(_subject_and_topic(row), neighbour) for neighbour in before)
            ),
            0,
        )
        chosen.append(remaining.pop(at))
    return chosen


def _subject_and_topic(row: dict[str, Any]) -> tuple[str, str]:
    return (row["subject"] or "").strip().casefold(), row["topic"] or ""


def _is_alike(left: tuple[str, str], right: tuple[str, str]) -> bool:
    return (left[0] != "" and left[0] == right[0]) or (left[1] != "" and left[1] == right[1])


def _row_limit(option_text: str) -> int:
    if option_text.isascii() and option_text.isdigit() and 1 <= int(option_text) <= MAX_ROWS:
        return int(option_text)
    raise UnknownOption(
        "Not a number of tickets",
        f"Could not list {option_text} tickets because that is not a whole number from 1 to {MAX_ROWS:,}.",
        f"{DEFAULT_ROWS} is typical.",
    )


def _headline(request: QuestionRequest, queue_length: int) -> str:
    if not queue_length:
        texts = request.single_row("ticket_texts", **bounds(request))
        if texts["tickets"] and not texts["with_text"]:
            return f"No tickets to label, {in_words(request.scope)}: no ticket has a subject or a message to read."
        return (
            f"No tickets to label, {in_words(request.scope)}: every ticket with text has a category from a person or"
            " the export."
        )
    has = "has" if queue_length == 1 else "have"
    text = f"**{plural(queue_length, 'ticket')}** {has} no category from a person or the export"
    return f"{text}, {in_words(request.scope)}. The most useful ones for the model come first."


def _audit_notes(audited_ids: Sequence[str]) -> tuple[Note, ...]:
    if not audited_ids:
        return ()
    text = f"Excludes {plural(len(audited_ids), 'ticket')} in the audit sample, which must stay random."
    return (Note(text, "fact", ("waiting",)),)
