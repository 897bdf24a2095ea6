"""The deck as one HTML file: the numbers of the deck, nothing else, and nothing from anywhere."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pyarrow as pa
import pytest

from cs_dash.answer import Column, Figure
from cs_dash.charts import RankedChart
from cs_dash.look.charts import chart_table, frame
from cs_dash.review.deck import Deck, Slide, SlideTable
from cs_dash.review.html import DecisionForm, document, html_bytes
from tests.review.html.decks import shown_figures

EVIL = '<img src=x onerror="alert(1)"></script><script>alert(2)</script>"\'&amp;{{ 7*7 }}'
LOADS = {"src", "srcset", "href", "action", "formaction", "data", "poster", "xlink:href", "background"}


class Reading(HTMLParser):
    """What a browser would find in a file: tags with their attributes, and the texts of elements of some classes."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.slide = ""
        self.figures: list[tuple[str, str, str]] = []
        self._figure = ""
        self._value = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        if attributes.get("class") == "frame":
            self.slide = attributes["id"] or ""
        self._figure = attributes.get("data-figure") or self._figure
        self._value = attributes.get("class") == "value"

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if self._value:
            self.figures.append((self.slide, self._figure, data))
            self._value = False


def test_every_figure_of_the_deck_is_on_its_slide_and_no_other(deck: Deck, html: str) -> None:
    assert Reading(html).figures == shown_figures(deck)
    assert len(shown_figures(deck)) > 30


def test_the_data_of_every_chart_are_there_as_a_table(deck: Deck, html: str) -> None:
    texts = set(Reading(html).texts)
    charts = [slide.chart for slide in deck.shown if slide.chart]
    assert len(charts) > 10
    for chart in charts:
        for row in chart_table(chart, frame(chart)).rows:
            assert {cell for cell in row if cell} <= texts


def test_a_table_shows_the_rows_that_fit_and_says_how_many_more_there_are(deck: Deck) -> None:
    rows = pa.table({"account": [f"Account {at:03d}" for at in range(60)], "mrr": [float(at) for at in range(60)]})
    table = SlideTable((Column("account", "Account"), Column("mrr", "MRR", "money")), rows, 75)
    html = html_bytes(replace(deck, slides=(Slide("t", "finding", "", "A table", table=table),))).decode()
    shown, behind = html.split("Data</summary>")
    count = shown.count("Account 0")
    assert 5 < count < 15
    assert f"{75 - count} more" in shown
    assert behind.count("Account 0") == 60
    assert "15 more" in behind


def test_what_is_hidden_is_not_in_the_file(html: str) -> None:
    assert "Nobody sees this slide" not in html
    assert "secret" not in html


def test_notes_of_the_speaker_are_left_out_where_they_shall_not_be_in_the_file(deck: Deck, html: str) -> None:
    assert "Say <b>thanks</b> to all." in html
    assert "thanks" not in html_bytes(deck, speaker_notes=False).decode()


def test_nothing_is_loaded_from_anywhere(html: str) -> None:
    for tag, attributes in Reading(html).tags:
        for name in LOADS & attributes.keys():
            assert (attributes[name] or "").startswith("#"), (tag, name)
        assert not any(name.startswith("on") or name == "style" for name in attributes), tag
    addresses = set(re.findall(r"https?://[^\s\"'<>)]+", html)) - {"http://www.w3.org/2000/svg"}
    assert addresses == set()
    assert set(re.findall(r"url\((?!#)([^)]{0,20})", html)) == {"data:font/woff2;base"}
    assert "@import" not in html


def test_only_its_own_script_and_style_sheet_run(html: str) -> None:
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
    sources = {
        name: value for name, _, value in (part.partition(" ") for part in policy.replace("&#39;", "'").split("; "))
    }
    assert (sources["default-src"], sources["connect-src"], sources["base-uri"]) == ("'none'", "'none'", "'none'")
    for tag, directive in (("script", "script-src"), ("style", "style-src")):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        assert sources[directive] == f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def hostile_deck() -> Deck:
    rows = pa.table({"topic": [EVIL, "b"], "tickets": [3, 2]})
    chart = RankedChart(name="c", title=EVIL, subtitle=EVIL, rows=rows, x="tickets", y="topic", unit="count", axis=EVIL)
    table = SlideTable((Column("topic", EVIL), Column("tickets", "Tickets", "count")), rows, 2)
    first = Slide(
        "a", "decision", EVIL, EVIL, EVIL, (Figure("f", EVIL, 1.0, "count", caveat=EVIL, n=1, n_label=EVIL),), chart,
        lines=(EVIL,), doubts=(EVIL,), item="R-1", title_outdated=EVIL, computed_title=EVIL, speaker_notes=EVIL,
    )  # fmt: skip
    return Deck(EVIL, EVIL, None, EVIL, EVIL, (first, Slide("b", "title", "", EVIL, table=table)))


def test_hostile_text_stays_text() -> None:
    forms = {"R-1": DecisionForm("R-1", "1", EVIL, "accepted", EVIL, "cs", EVIL, EVIL, EVIL)}
    html = document(hostile_deck(), forms=forms, address="./present/decide.json").content.decode()
    tags = [tag for tag, _ in Reading(html).tags]
    assert "img" not in tags
    assert tags.count("script") == 1
    assert html.count(EVIL.split('"')[0]) == 0
    assert "49" not in re.sub(r"<style>.*?</style>|<svg.*?</svg>", "", html, flags=re.DOTALL)


def test_a_box_for_decisions_is_in_no_file_that_is_downloaded(deck: Deck) -> None:
    decided = replace(deck, slides=tuple(slide for slide in deck.slides if slide.form == "decision"))
    forms = {decided.slides[0].item: DecisionForm(decided.slides[0].item, "1")}
    assert 'class="decision"' not in html_bytes(decided).decode()
    assert 'class="decision"' not in document(decided, forms=forms).content.decode()


@pytest.mark.parametrize(("letters", "parts"), [("Acme", 1), ("Łódź", 2), ("Привет, Łódź", 3), ("客户", 1)])
def test_the_typeface_has_the_letters_that_the_deck_has(letters: str, parts: int) -> None:
    html = html_bytes(Deck(letters, "", None, "", "", (Slide("a", "title", "", letters),))).decode()
    assert html.count("@font-face") == parts


def test_the_drawing_of_a_chart_follows_the_theme(html: str) -> None:
    (drawing, *_) = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    assert "var(--c" in drawing
    names = set(re.findall(r"var\((--c\d+)\)", html))
    assert all(f"{name}: light-dark(" in html for name in names)
    identifiers = re.findall(r' id="([^"]+)"', html)
    assert len(identifiers) == len(set(identifiers))


def test_columns_that_do_not_fit_are_in_the_data_and_the_slide_says_so(deck: Deck) -> None:
    names = [f"column {at}" for at in range(16)]
    rows = pa.table({name: [f"A long text of {name} {at}" for at in range(3)] for name in names})
    columns = tuple(Column(name, name.title(), priority=int(name == "column 15")) for name in names)
    html = html_bytes(
        replace(deck, slides=(Slide("t", "finding", "", "A table", table=SlideTable(columns, rows, 3)),))
    ).decode()
    shown, behind = html.split("Data</summary>")
    kept = {name for name in names if f"A long text of {name} 0" in shown}
    assert {"column 0", "column 15"} < kept
    assert f"{len(names) - len(kept)} more columns in the data" in shown
    assert all(f"A long text of {name} 2" in behind for name in names)
