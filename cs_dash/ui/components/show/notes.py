"""Caveats and context: grey lines without repeats; contradictions are marked in words, not by colour alone."""

from __future__ import annotations

from collections.abc import Iterable

from cs_dash.answer import Answer, NoteKind
from cs_dash.look.templates import Markup, render

HEADINGS: dict[NoteKind, str] = {
    "contradiction": "Data conflict",
    "doubt": "Caveat",
    "assumption": "Assumption",
    "missing": "Not in the data",
    "fact": "",
}
NOTHING = Markup()
OPEN: tuple[NoteKind, ...] = ("contradiction", "doubt")
"""Of these the first note stands open on the page; the others are one click away."""


def notes_html(answers: Iterable[Answer], links: Markup = NOTHING) -> Markup:
    """Return the notes of all answers as HTML, data conflicts first: one line, and a chip that opens the others.

    "" without any. `links`: what stands at the end of that line, and there also without notes.
    """
    order, answers = list(HEADINGS), list(answers)
    notes = {note.text: note for answer in answers for note in answer.notes}
    ordered = sorted(notes.values(), key=lambda note: order.index(note.kind))
    if not ordered and not links:
        return Markup()
    caveat = next((note for note in ordered if note.kind in OPEN), None)
    return render(
        "components/notes.html",
        list_id=f"notes-{answers[0].question}".replace(".", "-"),
        headings=HEADINGS,
        caveat=caveat,
        links=links,
        notes=[note for note in ordered if note is not caveat],
    )
