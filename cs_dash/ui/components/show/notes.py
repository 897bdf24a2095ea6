"""Caveats and context: grey lines without repeats; contradictions are marked in words, not by colour alone."""

from __future__ import annotations

from collections.abc import Iterable

from cs_dash.answer import Answer, NoteKind
from cs_dash.look import words
from cs_dash.look.templates import Markup, render

HEADINGS: dict[NoteKind, str] = {
    "contradiction": "Contradiction",
    "doubt": "Doubt",
    "assumption": "Assumed",
    "missing": "Missing",
    "fact": "",
}
AT_ONCE = 3


def notes_html(answers: Iterable[Answer]) -> Markup:
    """Return the notes of all answers as HTML, contradictions first; more than three fold away. "" without any."""
    order = list(HEADINGS)
    notes = {note.text: note for answer in answers for note in answer.notes}
    ordered = sorted(notes.values(), key=lambda note: order.index(note.kind))
    if not ordered:
        return Markup()
    return render(
        "components/notes.html",
        headings=HEADINGS,
        notes=ordered[:AT_ONCE],
        more_notes=ordered[AT_ONCE:],
        more_label=words.plural(len(ordered) - AT_ONCE, "more note"),
    )
