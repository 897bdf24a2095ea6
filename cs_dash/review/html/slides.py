"""One slide as HTML: its parts in the layout that has room for them.

aside   a drawing or a table, and beside it figures, facts, remarks and the decision
strip   figures in a row above; the drawing, and beside it what is left
full    figures in a row, a table over the whole width, facts below it
text    no drawing: figures in a row, facts in large type
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from cs_dash.answer import Figure
from cs_dash.look import words
from cs_dash.look.charts import description
from cs_dash.look.templates import Markup, render
from cs_dash.review.deck import Deck, Slide
from cs_dash.review.html import layout
from cs_dash.review.html.drawings import Palette, drawing
from cs_dash.review.html.slide_parts import chart_rows, figure_parts, remark_parts, source_text
from cs_dash.review.html.tables import fitting_table, whole_table

Layout = Literal["aside", "strip", "full", "text"]
FORM, CAVEAT = 132, 24
"""Heights in pixels: of a decision before it is made, of a line of caveats."""
DECIDED, DECIDED_LINES = 338, 5
"""Width in pixels of a decision in words, and its lines at most; all of it is in the form."""
FACT, LARGE_FACT = 19, 25
FITS = (100, 92, 84, 76, 70)
"""By how much the type of a slide is made smaller where its texts are long, in percent."""
ROOMIER = 1.15
"""A column beside a drawing may need so much more room than there is: the drawing gains more than its type loses."""
MOST_BESIDE = 4
"""Columns of a table that has something beside it."""


@dataclass(frozen=True)
class DecisionForm:
    """What is needed to record a decision on an item while its slide is shown.

    Attributes:
        item: id of the roadmap item.
        seen: which state of the item it was made from, see `decisions.roadmap.Item`.
        text: the decision that holds, in one sentence; "" where there is none.
        verdict: accepted, deferred or declined; "" where nothing was decided.
        owner: who is accountable.
        team: product or cs; "".
        reason: why.
        target: the target as it is typed, such as "-30%".
        due: by when, as ISO text.
        keep_reason: the reason is not shown, and stays unless another one is typed.
    """

    item: str
    seen: str
    text: str = ""
    verdict: str = ""
    owner: str = ""
    team: str = ""
    reason: str = ""
    target: str = ""
    due: str = ""
    keep_reason: bool = False


@dataclass(frozen=True)
class Style:
    """What all slides of a file share.

    Attributes:
        deck: the deck.
        locale: language of numbers and dates.
        palette: collects the colours of the charts.
        forms: the forms of the items that may be decided.
        ask_name: whether a form asks who records the decision.
    """

    deck: Deck
    locale: str
    palette: Palette
    forms: Mapping[str, DecisionForm]
    ask_name: bool = False


def slide_html(slide: Slide, number: int, style: Style) -> Markup:
    """Return a slide as HTML."""
    size, title_lines = layout.title_size(
        slide.title, layout.COVER_SIZES if slide.form == "title" else layout.TITLE_SIZES
    )
    form = style.forms.get(slide.item)
    room = layout.HEIGHT - layout.TOP - layout.FOOT - title_lines * size * 1.2 - 22
    room -= layout.line_count(slide.subtitle, 18, layout.INNER) * 26 + (26 if slide.title_outdated else 0)
    room -= CAVEAT * min(len(slide.doubts), 2)
    form_height = FORM + min(layout.height_of((form.text,), 18, DECIDED, 0), DECIDED_LINES * 26) if form else 0.0
    chosen, fit = _layout(slide, room, form_height)
    strip = chosen != "aside" and bool(slide.figures)
    main_height = int(room - (_strip_height(slide.figures) if strip else 0))
    beside = _has_beside(slide, chosen, form is not None)
    width = layout.INNER - (layout.ASIDE + layout.GAP if beside else 0)
    facts = slide.lines if chosen in ("full", "text") else ()
    if chosen == "full":
        main_height -= int(layout.height_of(facts[::2], FACT, layout.INNER / 2, 8))
    return render(
        "review/slide.html",
        slide=slide,
        prefix=f"s{number}",
        number=number,
        total=len(style.deck.shown),
        title_size=size,
        layout=chosen,
        fit=fit,
        beside=beside,
        strip=strip,
        figures=[figure_parts(figure, slide.currency, style.locale) for figure in slide.figures],
        main=_main(slide, number, width, main_height, style),
        remarks=[remark_parts(remark, style.locale) for remark in slide.remarks],
        behind=_behind(slide, style),
        form=form,
        ask_name=style.ask_name,
        deck=style.deck,
        foot=foot(style.deck, style.locale),
        about=_about(slide, style),
    )


def foot(deck: Deck, locale: str) -> dict[str, str]:
    """Return the two ends of the line at the foot of a slide."""
    as_of = f"Data as of {words.date(deck.as_of, locale)}" if deck.as_of else ""
    return {
        "left": " · ".join(part for part in (deck.title, deck.company, deck.scope_text) if part),
        "right": ", ".join(part for part in (as_of, deck.data_text) if part),
    }


def _about(slide: Slide, style: Style) -> list[str]:
    """Return what the first slide says of the deck beside its own words: company, scope, day and load."""
    deck = style.deck
    as_of = f"Data as of {words.date(deck.as_of, style.locale)}" if deck.as_of else ""
    own = (slide.title, slide.subtitle, *slide.lines)
    return [part for part in (deck.company, deck.scope_text, as_of, deck.data_text) if part and part not in own]


def _layout(slide: Slide, room: float, form: float) -> tuple[Layout, int]:
    """Return the layout, and in percent by how much its type is made smaller. `form`: height of the decision."""
    if slide.chart is None and slide.table is None:
        need = _strip_height(slide.figures) + 16 + layout.height_of(slide.lines, LARGE_FACT, layout.INNER, 12)
        return "text", _fit(need + _other_height(slide, layout.INNER, form), room)
    if slide.chart is None and slide.table and len(slide.table.columns) > MOST_BESIDE and not form:
        return "full", 100
    rest = layout.height_of(slide.lines, FACT, layout.ASIDE, 10) + _other_height(slide, layout.ASIDE, form)
    figures = sum(_figure_height(figure, at == 0) for at, figure in enumerate(slide.figures))
    if rest + figures <= room * ROOMIER or len(slide.figures) < 2:
        return "aside", _fit(rest + figures, room)
    return "strip", _fit(rest, room - _strip_height(slide.figures))


def _figure_height(figure: Figure, is_main: bool) -> float:
    """Return how high a figure is in the column beside a drawing, with the gap below it."""
    height = (78 if is_main else 40) + layout.height_of((figure.label,), 18, layout.ASIDE, 0)
    height += 0 if figure.previous is None else 26
    height += 24 if figure.low is not None or figure.n is not None else 0
    return height + layout.height_of((figure.caveat, figure.benchmark), 16, layout.ASIDE, 0)


def _strip_height(figures: Sequence[Figure]) -> float:
    """Return how high a row of figures is, with the gap below it; 0 without any."""
    width = layout.INNER / 4 - 28
    heights = (
        42 + layout.line_count(figure.label, 18, width) * 25 + (0 if figure.previous is None else 44)
        + (44 if figure.caveat or figure.benchmark else 22 if figure.n is not None or figure.low is not None else 0)
        for figure in figures
    )  # fmt: skip
    return max(heights, default=-14) + 14


def _other_height(slide: Slide, width: float, form: float) -> float:
    texts = [text for remark in slide.remarks for text in (remark.text, remark.outdated)]
    by = 26 * len(slide.remarks)
    return layout.height_of(texts, 18, width, 4) + by + form


def _fit(need: float, room: float) -> int:
    # Smaller type takes fewer lines too, so what is needed shrinks with the square.
    return next((fit for fit in FITS if need * (fit / 100) ** 2 <= room), FITS[-1])


def _has_beside(slide: Slide, chosen: Layout, has_form: bool) -> bool:
    others = bool(slide.lines or slide.remarks or has_form)
    return (chosen == "aside" and bool(others or slide.figures)) or (chosen == "strip" and others)


def _main(slide: Slide, number: int, width: int, height: int, style: Style) -> dict[str, Any]:
    """Return the drawing with its description, or the table with the rows that fit."""
    if slide.chart is not None:
        picture = drawing(slide.chart, width, max(height, 160), style.palette, f"s{number}", style.locale)
        return {"drawing": picture, "alt": description(slide.chart, style.locale)}
    if slide.table is None:
        return {}
    return {"table": fitting_table(slide.table, width, height, slide.currency, style.locale)}


def _behind(slide: Slide, style: Style) -> dict[str, Any]:
    """Return what stands under “Data” of a slide."""
    parts: dict[str, Any] = {"sources": [source_text(source, style.locale) for source in slide.sources]}
    if slide.chart is not None:
        parts["drawn"] = chart_rows(slide.chart, style.locale)
    if slide.table is not None:
        parts["table"] = whole_table(slide.table, slide.currency, style.locale)
    return parts
