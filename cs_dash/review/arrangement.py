"""A deck as people arranged it: their order, titles, remarks, speaker notes, hidden slides and pins.

What somebody wrote stays when the numbers under it move; it then stands beside a sentence that says how they moved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cs_dash.answer import Answer
from cs_dash.decisions.reviews.slide_order import merged_order
from cs_dash.decisions.reviews.slides import (
    Arrangement,
    FigureValue,
    Pin,
    SlideNumbers,
    SlideRemark,
    SlideText,
)
from cs_dash.look import words
from cs_dash.review.deck import Deck, Remark, Slide, SlideTable, Source
from cs_dash.scope import Scope

PINNED = "Pinned"
"""The section of slides that were pinned from pages."""
MOST_MOVED = 3
"""How many figures a sentence about moved numbers names."""
MOST_DOUBTS = 2


def arranged(deck: Deck, arrangement: Arrangement, pinned: Mapping[str, Slide]) -> Deck:
    """Return a computed deck as people arranged it.

    `pinned`: pin id -> its slide. Pins that have none are left out; they stand before the appendix unless moved.
    """
    pins = [pinned[pin.pin_id] for pin in arrangement.pins if pin.pin_id in pinned]
    first_appendix = next((at for at, slide in enumerate(deck.slides) if slide.form == "appendix"), len(deck.slides))
    computed = [*deck.slides[:first_appendix], *pins, *deck.slides[first_appendix:]]
    slides = {slide.name: slide for slide in computed}
    order = merged_order(arrangement.order, list(slides))
    return replace(deck, slides=tuple(_written_on(slides[name], arrangement) for name in order if name in slides))


def numbers_of(slide: Slide) -> SlideNumbers:
    """Return what a slide shows, to be kept with what somebody writes on it."""
    figures = tuple(FigureValue(figure.name, figure.label, figure.value, figure.unit) for figure in slide.figures)
    return SlideNumbers(slide.computed_title or slide.title, figures)


def moved_text(before: SlideNumbers, slide: Slide) -> str:
    """Return how the numbers of a slide moved since `before`, in one sentence; "" where none that is shown differs.

    Figures are compared as they are written; of a slide without figures the computed title is.
    """
    current = {figure.name: figure for figure in slide.figures}
    moved, total = [], 0
    for figure in before.figures:
        if figure.name not in current:
            total += 1
            moved.append(f"{figure.label}: no longer shown")
            continue
        new = current[figure.name]
        old_text = words.figure_value(replace(new, value=figure.value), slide.currency)
        new_text = words.figure_value(new, slide.currency)
        if old_text != new_text:
            total += 1
            moved.append(f"{new.label}: {old_text} then, {new_text} now")
    if moved:
        more = f"; {words.plural(total - MOST_MOVED, 'more figure')} moved" if total > MOST_MOVED else ""
        return f"The numbers moved since this was written: {'; '.join(moved[:MOST_MOVED])}{more}."
    title = slide.computed_title or slide.title
    if not before.figures and before.title and before.title != title:
        return f"The numbers moved since this was written; the finding was “{before.title.rstrip('.')}”."
    return ""


def pin_slide(pin: Pin, answer: Answer, scope: Scope) -> Slide | None:
    """Return the slide of a pinned chart or table; None where the answer has it no more.

    `scope`: the scope that was answered, resolved.
    """
    if answer.missing_tables:
        return None
    chart = next((chart for chart in answer.charts if chart.name == pin.chart), None)
    table = None
    if not pin.chart and answer.rows.num_rows:
        columns = tuple(column for column in answer.columns if not (column.hidden or column.optional))
        table = SlideTable(columns, answer.rows, answer.rows.num_rows)
    if chart is None and table is None:
        return None
    return Slide(
        name=pin.pin_id,
        form="finding",
        section=PINNED,
        title=chart.title if chart else pin.title or answer.title,
        subtitle=chart.subtitle if chart else answer.headline.replace("**", ""),
        chart=chart,
        table=table,
        lines=(answer.headline,) if chart else (),
        doubts=tuple(note.text for note in answer.notes if note.kind in ("contradiction", "doubt"))[:MOST_DOUBTS],
        definition=answer.definition,
        sources=(Source(answer.question, pin.options, scope),),
        currency=answer.currency,
    )


def absent_pin(pin: Pin, reason: str) -> Slide:
    """Return the slide of a pin whose chart or table the numbers of the review do not have: it says why."""
    title = pin.title or "A pinned card"
    return Slide(pin.pin_id, "finding", PINNED, f"{title} is not in these numbers", lines=(reason,))


def _written_on(slide: Slide, arrangement: Arrangement) -> Slide:
    title = arrangement.titles.get(slide.name)
    notes = arrangement.notes.get(slide.name)
    remarks = [remark for remark in arrangement.remarks if remark.slide == slide.name]
    written = replace(
        slide,
        remarks=_remarks(slide, remarks),
        hidden=slide.hidden or slide.name in arrangement.hidden,
        speaker_notes=notes.text if notes else slide.speaker_notes,
    )
    return _retitled(written, title) if title else written


def _retitled(slide: Slide, title: SlideText) -> Slide:
    return replace(slide, title=title.text, computed_title=slide.title, title_outdated=moved_text(title.numbers, slide))


def _remarks(slide: Slide, remarks: Sequence[SlideRemark]) -> tuple[Remark, ...]:
    texts = (remark.written for remark in remarks)
    return tuple(Remark(one.text, one.person, one.at.date(), moved_text(one.numbers, slide)) for one in texts)
