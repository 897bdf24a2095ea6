"""Doubts and context: grey lines, each said once; contradictions are marked in words, not by colour alone."""

from __future__ import annotations

from collections.abc import Iterable

from cs_dash.answer import Answer, NoteKind
from cs_dash.look import words
from cs_dash.ui.components.text import rich

HEADS: dict[NoteKind, str] = {
    "contradiction": "Contradiction",
    "doubt": "Doubt",
    "assumption": "Assumed",
    "missing": "Missing",
    "fact": "",
}
AT_ONCE = 3


def notes_html(answers: Iterable[Answer]) -> str:
    """Return the notes of all answers as HTML, contradictions first; more than three fold away. "" without any."""
    order = list(HEADS)
    notes = {note.text: note for answer in answers for note in answer.notes}
    ordered = sorted(notes.values(), key=lambda note: order.index(note.kind))
    lines = [
        f'<p class="note cs-note-{note.kind}">'
        f"{f'<b>{HEADS[note.kind]}:</b> ' if HEADS[note.kind] else ''}{rich(note.text)}</p>"
        for note in ordered
    ]
    if not lines:
        return ""
    more_lines = lines[AT_ONCE:]
    head = words.plural(len(more_lines), "more note")
    more = f"<details><summary class='note'>{head}</summary>{''.join(more_lines)}</details>" if more_lines else ""
    return f'<div class="cs-notes">{"".join(lines[:AT_ONCE])}{more}</div>'
