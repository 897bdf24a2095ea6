"""The PDF file says what the deck says: every number, every word, on pages that can be read and searched."""

import io
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from cs_dash.look import charts, words
from cs_dash.review.deck import Deck, Remark, Slide
from cs_dash.review.figure_text import figure_change, figure_facts
from cs_dash.review.pdf import Paper, pdf_bytes
from tests.look import samples
from tests.review import decks

SIZES: dict[Paper, tuple[int, int]] = {"a4": (842, 595), "letter": (792, 612)}


def pages(deck: Deck, paper: Paper = "a4") -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf_bytes(deck, paper=paper))).pages]


def squeezed(text: str) -> str:
    """Text without spaces, breaks and joiners: where a line ends is not what is tested."""
    return "".join(letter for letter in text if not letter.isspace() and letter not in "\u200b\u2060")


def page_of(slide: Slide, **more: Any) -> str:
    return squeezed(pages(decks.deck(slide, **more))[0])


def words_of(slide: Slide) -> list[str]:
    """What the page of a slide has to say: all texts and all numbers, as they are written."""
    texts = [slide.title, slide.subtitle, *slide.lines, *slide.doubts]
    for figure in slide.figures:
        change = figure_change(figure, slide.currency)
        texts += [figure.label, words.figure_value(figure, slide.currency), change.text if change else ""]
        texts += figure_facts(figure, slide.currency)
    for remark in slide.remarks:
        texts += [remark.text, remark.person, words.date(remark.day), remark.outdated]
    for row in slide.table.rows.to_pylist() if slide.table else []:
        for column in slide.table.columns if slide.table else ():
            value = row[column.name]
            absent = value is None and column.absent
            cell = words.cell(column.displayed(value), column.unit, slide.currency)
            texts.append(words.NOT_APPLICABLE if absent else cell)
    return texts


def missing_words(deck: Deck) -> list[tuple[str, str]]:
    """Return (slide, text) of what the pages of a slide do not say."""
    texts = [squeezed(text) for text in pages(deck)]
    shown = [slide for slide in deck.shown if slide.name != "definitions"]
    starts, place = [], 0
    for slide in shown:
        while squeezed(slide.title) not in texts[place]:
            place += 1
        starts.append(place)
        place += 1
    missing = []
    for slide, start, end in zip(shown, starts, [*starts[1:], len(texts)], strict=True):
        own = "".join(texts[start:end])
        missing += [(slide.name, text) for text in words_of(slide) if squeezed(text.replace("**", "")) not in own]
    return missing


def test_every_number_and_word_of_a_deck_is_in_the_text_of_its_pages() -> None:
    assert missing_words(decks.deck()) == []


def test_every_number_and_word_of_the_demo_review_is_in_the_text_of_its_pages(demo_deck: Deck) -> None:
    assert missing_words(demo_deck) == []


def test_charts_are_drawings_whose_text_can_be_searched_and_which_a_screen_reader_describes() -> None:
    document = pdf_bytes(decks.deck(decks.chart_slide(samples.ranked())), accessible=True)
    reader = PdfReader(io.BytesIO(document))
    text = reader.pages[0].extract_text()
    labels = charts.frame(samples.ranked()).column("label").to_pylist()
    assert labels
    assert all(label in text for label in labels)
    nodes: list[Any] = [reader.get_object(number) for number in range(1, len(reader.xref[0]))]
    alternatives = [str(node["/Alt"]) for node in nodes if isinstance(node, dict) and "/Alt" in node]
    assert charts.description(samples.ranked()) in alternatives


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_each_page_has_scope_day_and_number_and_meets_the_standard_for_accessibility(paper: Paper) -> None:
    deck = decks.deck()
    reader = PdfReader(io.BytesIO(pdf_bytes(deck, paper=paper, accessible=True)))
    total = len(reader.pages)
    for number, page in enumerate(reader.pages, 1):
        assert (round(page.mediabox.width), round(page.mediabox.height)) == SIZES[paper]
        text = page.extract_text()
        assert "Roadmap review Q3 2026 · Field Ops Ltd · July to September 2026, all accounts" in text
        assert f"Data as of 30 Sep 2026, load 14 of 2 Oct 2026, frozen · {number} of {total}" in text
    assert reader.metadata
    assert reader.metadata.title == deck.title
    assert str(reader.root_object["/Lang"]) == "en"


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("length", [1, 3, 12])
def test_a_slide_with_a_chart_is_one_page_however_long_its_title(length: int, paper: Paper) -> None:
    slides = [decks.chart_slide(form(), lines=("A fact",), figures=(decks.figure(),)) for form in samples.FORMS]
    slides = [replace(slide, title=" ".join(["A sentence of some length."] * length)) for slide in slides]
    texts = pages(decks.deck(*slides), paper)
    assert len(texts) == len(slides)
    assert all("A fact" in text for text in texts)


def test_hidden_slides_and_notes_of_the_speaker_are_nowhere() -> None:
    text = "".join(pages(decks.deck()))
    assert "Hidden words" not in text
    assert "Do not tell" not in text
    assert "Only for the speaker" not in text


def test_a_long_table_goes_on_with_its_heads_and_says_of_which_slide_it_is() -> None:
    texts = pages(decks.deck(decks.slide("long", "A long list", table=decks.table(90))))
    table_pages = [text for text in texts if "Account 0" in text or "A long list (continued)" in text]
    assert len(table_pages) >= 3
    assert all("How-to share" in text for text in table_pages)
    assert all("A long list (continued)" in text for text in table_pages[1:])


def test_a_table_says_how_many_rows_it_leaves_out() -> None:
    assert "Thefirst8of12rows." in page_of(decks.slide("list", table=decks.table(8)))
    assert "Thefirst" not in page_of(decks.slide("list", table=replace(decks.table(8), total=8)))


@pytest.mark.parametrize("text", [decks.HOSTILE, *decks.NAMES])
def test_any_text_stays_text(text: str) -> None:
    slide = decks.slide(
        "any", text, subtitle=text, section=text, lines=(text,), doubts=(text,), table=decks.table(3, name=text),
        remarks=(Remark(text, text, decks.DAY, text),), figures=(decks.figure(label=text, caveat=text),),
    )  # fmt: skip
    shown = page_of(slide, title=text, company=text)
    assert shown.count(squeezed(text).replace("**", "")) >= 10
    with_chart = page_of(replace(slide, table=None, chart=replace(samples.bars(), title=text)))
    assert squeezed(text) in with_chart


def test_control_characters_are_left_out() -> None:
    assert "beforeafter" in page_of(decks.slide("odd", "before\x00\x1b\ufffeafter"))


def test_what_does_not_fit_beside_a_chart_has_the_next_page() -> None:
    lines = tuple(f"Fact {number} of many that take their room on the page, told at some length" for number in range(6))
    remarks = tuple(Remark("A remark of some length " * 9, "Ana", decks.DAY) for _ in range(9))
    texts = pages(decks.deck(decks.chart_slide(samples.bars(), lines=lines, remarks=remarks)))
    assert "next page" in texts[0]
    assert squeezed(lines[-1]) in squeezed(texts[1])


def test_definitions_and_sources_are_an_appendix() -> None:
    deck = decks.deck()
    definitions, sources = (squeezed(text) for text in pages(deck)[-2:])
    assert squeezed(decks.NRR.explanation) in definitions
    assert squeezed(decks.NRR.formula) in definitions
    assert decks.NRR.source.replace(" ", "") in definitions
    assert "retention.summarywindow=12JultoSep2026,allaccounts".replace("Julto", "Jul2026to") in sources


def test_a_title_written_by_hand_says_where_the_numbers_moved() -> None:
    slide = decks.slide("own", "Our best year", computed_title="NRR 103.2 %", title_outdated="NRR fell to 90 %.")
    assert "Thetitlewaswrittenbyhand.NRRfellto90%." in page_of(slide)
