"""An arranged deck: what people decided stands over what is computed, and says where the numbers moved under it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pyarrow as pa
import pytest

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.charts import RankedChart
from cs_dash.decisions.reviews.slides import Arrangement, Pin, SlideNumbers, SlideRemark, SlideText
from cs_dash.review.arrangement import absent_pin, arranged, moved_text, numbers_of, pin_slide
from cs_dash.review.deck import Deck, Slide, Source
from cs_dash.scope import Scope

AT = dt.datetime(2026, 10, 5, 9, tzinfo=dt.UTC)
RETENTION = Slide(
    "retention", "finding", "Retention", "NRR is 103.2 %",
    figures=(Figure("nrr", "NRR", 1.032, "share"), Figure("mrr", "MRR", 412_345.0, "money")), currency="EUR",
)  # fmt: skip
DECK = Deck(
    "Review", "Field Ops", None, "", "",
    (
        Slide("title", "title", "", "Roadmap review"),
        RETENTION,
        Slide("churn", "finding", "Churn", "Price drives churn"),
        Slide("definitions", "appendix", "Appendix", "Definitions"),
    ),
)  # fmt: skip
SHOWN = numbers_of(RETENTION)


def text(words: str, numbers: SlideNumbers = SHOWN, person: str = "Ann") -> SlideText:
    return SlideText(words, person, AT, numbers, "1")


def names(deck: Deck) -> list[str]:
    return [slide.name for slide in deck.slides]


def slide_of(deck: Deck, name: str) -> Slide:
    return next(slide for slide in deck.slides if slide.name == name)


def with_figures(slide: Slide, **values: float | None) -> Slide:
    figures = tuple(replace(figure, value=values.get(figure.name, figure.value)) for figure in slide.figures)
    return replace(slide, figures=figures)


def test_nothing_decided_changes_nothing() -> None:
    assert arranged(DECK, Arrangement(), {}) == DECK


def test_slides_are_in_the_order_of_people_and_new_ones_behind_their_computed_neighbour() -> None:
    order = ("churn", "gone since", "title", "definitions")
    assert names(arranged(DECK, Arrangement(order=order), {})) == ["churn", "title", "retention", "definitions"]


def test_hidden_slides_stay_in_the_deck_but_are_not_shown() -> None:
    deck = arranged(DECK, Arrangement(hidden=frozenset({"churn"})), {})
    assert names(deck) == names(DECK)
    assert [slide.name for slide in deck.shown] == ["title", "retention", "definitions"]


def test_an_own_title_keeps_the_computed_one_beside_it() -> None:
    slide = slide_of(arranged(DECK, Arrangement(titles={"retention": text("We keep more")}), {}), "retention")
    assert (slide.title, slide.computed_title, slide.title_outdated) == ("We keep more", "NRR is 103.2 %", "")


def test_what_was_written_stays_and_says_how_the_numbers_moved() -> None:
    moved = with_figures(replace(RETENTION, title="NRR is 98.1 %"), nrr=0.981)
    deck = replace(DECK, slides=(moved,))
    written = Arrangement(
        titles={"retention": text("We keep more")}, remarks=(SlideRemark("remark-1", "retention", text("Well done")),)
    )
    (slide,) = arranged(deck, written, {}).slides
    sentence = "The numbers moved since this was written: NRR: 103.2\u202f% then, 98.1\u202f% now."
    assert (slide.title, slide.title_outdated, slide.computed_title) == ("We keep more", sentence, "NRR is 98.1 %")
    (remark,) = slide.remarks
    assert (remark.text, remark.person, remark.day, remark.outdated) == ("Well done", "Ann", AT.date(), sentence)


def test_remarks_and_notes_stand_on_their_slide_only() -> None:
    written = Arrangement(
        notes={"churn": text("Pause here")},
        remarks=(
            SlideRemark("remark-1", "churn", text("First", SlideNumbers("Price drives churn"))),
            SlideRemark("remark-2", "gone since", text("Second")),
        ),
    )
    deck = arranged(DECK, written, {})
    assert [(slide.name, remark.text, remark.outdated) for slide in deck.slides for remark in slide.remarks] == [
        ("churn", "First", "")
    ]
    assert [slide.speaker_notes for slide in deck.slides] == ["", "", "Pause here", ""]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"nrr": 1.03201, "mrr": 412_399.0}, ""),  # written alike
        ({"nrr": None}, "NRR: 103.2\u202f% then, n/a now"),
        ({"mrr": 500_000.0}, "MRR: €412k then, €500k now"),
        ({"nrr": 1.0, "mrr": 1.0}, "NRR: 103.2\u202f% then, 100\u202f% now; MRR: €412k then, €1 now"),
    ],
)
def test_figures_are_compared_as_they_are_written(values: dict[str, float | None], sentence: str) -> None:
    moved = moved_text(SHOWN, with_figures(RETENTION, **values))
    assert moved == (f"The numbers moved since this was written: {sentence}." if sentence else "")


def test_a_figure_that_is_gone_is_named_and_many_are_counted() -> None:
    gone = replace(RETENTION, figures=())
    assert "NRR: no longer shown; MRR: no longer shown." in moved_text(SHOWN, gone)
    many = tuple(Figure(f"f{at}", f"Figure {at}", float(at), "count") for at in range(5))
    slide = replace(RETENTION, figures=many)
    assert moved_text(numbers_of(slide), replace(slide, figures=())).endswith("; 2 more figures moved.")


def test_without_figures_the_finding_is_compared() -> None:
    slide = slide_of(DECK, "churn")
    assert moved_text(numbers_of(slide), slide) == ""
    moved = moved_text(numbers_of(slide), replace(slide, title="Support drives churn"))
    assert moved == "The numbers moved since this was written; the finding was “Price drives churn”."


def test_numbers_of_a_retitled_slide_are_the_computed_ones() -> None:
    retitled = slide_of(arranged(DECK, Arrangement(titles={"retention": text("Ours")}), {}), "retention")
    assert numbers_of(retitled) == SHOWN


CHART = RankedChart(
    name="pareto", title="Price drove 31 %", subtitle="Churned MRR", rows=pa.table({"r": ["Price"], "m": [1.0]}),
    x="m", y="r",
)  # fmt: skip
ANSWER = Answer(
    "churn.reasons", "Churn reasons", "**Price** drove 31 %.", dt.date(2026, 9, 30),
    rows=pa.table({"reason": ["Price"], "id": [1], "more": [2]}),
    columns=(Column("reason", "Reason"), Column("id", "Id", hidden=True), Column("more", "More", optional=True)),
    charts=(CHART,), notes=(Note("Few accounts.", "doubt"), Note("By MRR.")), currency="EUR",
)  # fmt: skip
PIN = Pin("churn.reasons", (("level", "category"),), chart="pareto", title="Churn", pin_id="pin-1")
SCOPE = Scope(period="6m")


def test_a_pinned_chart_is_a_slide_with_its_source() -> None:
    slide = pin_slide(PIN, ANSWER, SCOPE)
    assert slide is not None
    assert (slide.name, slide.title, slide.chart, slide.table) == ("pin-1", "Price drove 31 %", CHART, None)
    assert slide.sources == (Source("churn.reasons", (("level", "category"),), SCOPE),)
    assert (slide.lines, slide.doubts, slide.currency) == ((ANSWER.headline,), ("Few accounts.",), "EUR")


def test_a_pinned_table_shows_the_columns_of_the_page() -> None:
    slide = pin_slide(replace(PIN, chart=""), ANSWER, SCOPE)
    assert slide is not None
    assert slide.table is not None
    assert ([column.name for column in slide.table.columns], slide.table.total) == (["reason"], 1)
    assert (slide.title, slide.chart) == ("Churn", None)


@pytest.mark.parametrize(
    "answer",
    [
        replace(ANSWER, charts=()),
        replace(ANSWER, missing_tables=("churn_events",)),
    ],
)
def test_what_the_numbers_do_not_have_is_no_slide(answer: Answer) -> None:
    assert pin_slide(PIN, answer, SCOPE) is None
    assert absent_pin(PIN, "No churn is loaded.").lines == ("No churn is loaded.",)


def test_pins_stand_before_the_appendix_until_they_are_moved() -> None:
    slides = {"pin-1": absent_pin(PIN, "x"), "pin-2": absent_pin(replace(PIN, pin_id="pin-2"), "x")}
    pins = (PIN, replace(PIN, pin_id="pin-2"), replace(PIN, pin_id="pin-3"))
    deck = arranged(DECK, Arrangement(pins=pins), slides)
    assert names(deck) == ["title", "retention", "churn", "pin-1", "pin-2", "definitions"]
    moved = arranged(
        DECK, Arrangement(pins=pins, order=("title", "pin-2", "retention", "churn", "definitions")), slides
    )
    assert names(moved) == ["title", "pin-2", "retention", "churn", "pin-1", "definitions"]
