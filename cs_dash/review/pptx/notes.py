"""The speaker's notes: what to say, what the numbers mean, and where they come from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cs_dash.charts import BarChart, LineChart
from cs_dash.look import words
from cs_dash.look.scope_text import scope_text
from cs_dash.review.deck import Deck, Slide, Source
from cs_dash.review.pptx.nodes import clean
from cs_dash.review.pptx.texts import without_marks


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
    parts += [f"Event: {event}" for event in event_texts(slide)]
    parts += [f"Caveat: {doubt}" for doubt in slide.doubts]
    parts.append("Scope: " + "; ".join(part for part in (deck.scope_text, as_of_text(deck), deck.data_text) if part))
    parts += [f"Source: {source_text(source)}" for source in slide.sources]
    return "\n".join(part for part in parts if part)


def event_texts(slide: Slide) -> list[str]:
    """Return what happened meanwhile, for a chart over time: each event with its day."""
    if not isinstance(slide.chart, BarChart | LineChart):
        return []
    events = sorted(slide.chart.events, key=lambda event: event.day)
    return [f"{words.date(event.day)}: {event.title}" for event in events]


def as_of_text(deck: Deck) -> str:
    """Return the day of the balances in words; "" without one."""
    return f"Data as of {words.date(deck.as_of)}" if deck.as_of else ""


def source_text(source: Source) -> str:
    """Return a source in words: the question, its options, its period and its filters."""
    question = " ".join([source.question, *(f"{name}={value}" for name, value in source.options)])
    day = f"as of {words.date(source.scope.as_of)}" if source.scope.as_of else ""
    return "; ".join(part for part in (question, scope_text(source.scope), day) if part)
