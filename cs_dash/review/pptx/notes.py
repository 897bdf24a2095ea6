"""The speaker's notes: what to say, what the numbers mean, and where they come from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cs_dash.look import words
from cs_dash.review.deck import Deck, Slide, Source
from cs_dash.review.pptx.nodes import clean
from cs_dash.review.pptx.texts import without_marks
from cs_dash.scope import ONE_DAY


def add_notes(native: Any, deck: Deck, slide: Slide, not_shown: Sequence[str]) -> None:
    """Write the notes of a slide; `not_shown`: texts for which the slide itself has no room."""
    page = native.notes_slide
    frame = page.notes_text_frame
    if frame is None:  # a template whose notes page has no text
        frame = page.shapes.add_textbox(
            0, 0, page.part.package.main_document_part.presentation.slide_width, 0
        ).text_frame
    frame.text = clean(without_marks(notes_text(deck, slide, not_shown)))


def notes_text(deck: Deck, slide: Slide, not_shown: Sequence[str] = ()) -> str:
    """Return the notes of a slide, a paragraph for each thing."""
    parts = [slide.speaker_notes]
    if slide.computed_title:
        parts.append(f"Computed title: {slide.computed_title}")
    parts += [f"Not on the slide: {text}" for text in not_shown]
    definition = slide.definition
    if definition is not None:
        meaning = " ".join(part for part in (definition.explanation, definition.formula) if part)
        parts.append(f"Definition: {definition.title}. {meaning}".strip())
    parts += [f"Caveat: {doubt}" for doubt in slide.doubts]
    parts.append("Scope: " + "; ".join(part for part in (deck.scope_text, as_of_text(deck), deck.data_text) if part))
    parts += [f"Source: {source_text(source)}" for source in slide.sources]
    return "\n".join(part for part in parts if part)


def as_of_text(deck: Deck) -> str:
    """Return the day of the balances in words; "" without one."""
    return f"Data as of {words.date(deck.as_of)}" if deck.as_of else ""


def source_text(source: Source) -> str:
    """Return a source in words: the question, its options, its period and its filters."""
    scope = source.scope
    options = [f"{name}={value}" for name, value in source.options]
    period = ""
    if scope.start and scope.end:
        period = f"{words.date(scope.start)} to {words.date(scope.end - ONE_DAY)}"
    day = f"as of {words.date(scope.as_of)}" if scope.as_of else ""
    filters = [f"{words.field_words(name)}: {', '.join(values)}" for name, values in scope.filters]
    return "; ".join(part for part in (" ".join([source.question, *options]), period, day, *filters) if part)
