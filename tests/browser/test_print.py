"""Pages on paper: each sheet says what it is of, nothing that only a screen can use is on it, and no chart is cut."""

from __future__ import annotations

import io
from typing import Literal

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from cs_dash.ui import registry
from tests.browser.conftest import Pages, settled
from tests.browser.test_app import TITLES, company

__all__ = ["company"]
ON_SCREENS = ("Copy link", "+ Filter", "Data notes (", "Skip to content", "Ticket spikes Retention")
Scheme = Literal["light", "dark"]
PAPERS = {"A4": (842, 595), "Letter": (792, 612)}


def sheets(page: Page, paper: str) -> list[str]:
    """Print the page and return the text of each sheet, in one line."""
    pages = PdfReader(io.BytesIO(page.pdf(format=paper, landscape=True, print_background=True))).pages
    assert [round(float(side)) for side in (pages[0].mediabox.width, pages[0].mediabox.height)] == pytest.approx(
        PAPERS[paper], abs=2
    )
    return [" ".join(sheet.extract_text().split()) for sheet in pages]


@pytest.mark.parametrize("name", [page.name for page in registry.pages()])
def test_every_sheet_says_what_it_is_of(name: str, company: str, page: Page) -> None:
    page.goto(f"{company}/{name}?f.segment=SMB" if name != registry.home().name else f"{company}/?f.segment=SMB")
    settled(page)
    page.wait_for_timeout(600)
    headline = " ".join(page.locator(".cs-says").first.inner_text().split())
    scoped = page.locator(".st-key-scope_bar").count() > 0
    head = f"{TITLES[name]} \u00b7 12 months \u00b7 vs prior period \u00b7 Segment: SMB" if scoped else TITLES[name]
    for paper in PAPERS:
        texts = sheets(page, paper)
        assert texts
        for number, text in enumerate(texts, 1):
            assert plain(head) in plain(text)
            assert plain(headline)[:40] in plain(text)
            assert "30 Sep 2026 \u00b7 load 1" in text
            assert f"Page {number} of {len(texts)}" in text
        assert not [words for words in ON_SCREENS if words in " ".join(texts)]


def plain(text: str) -> str:
    """Return a text without spaces, which a printer may place as it likes."""
    return "".join(text.split())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_charts_fit_the_sheet_and_are_dark_on_light(
    scheme: Literal["light", "dark"], company: str, new_page: Pages
) -> None:
    page = new_page(viewport={"width": 1440, "height": 900}, color_scheme=scheme)
    page.goto(f"{company}/retention")
    settled(page)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print", color_scheme=scheme)
    page.set_viewport_size({"width": 1032, "height": 700})
    edges = page.locator(".stVegaLiteChart svg").evaluate_all(
        "charts => charts.map(chart => [chart, chart.closest('[class*=st-key-chart_]')]"
        ".map(element => element.getBoundingClientRect().right))"
    )
    assert len(edges) == 4
    assert all(chart <= card <= 1033 for chart, card in edges)
    assert page.evaluate("document.documentElement.dataset.theme") == scheme
    assert page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor") == "rgb(255, 255, 255)"
    page.emulate_media(media="screen", color_scheme=scheme)


def test_a_name_from_the_data_never_ends_the_text_of_a_margin(company: str, page: Page) -> None:
    page.goto(f"{company}/churn")
    settled(page)
    hostile = 'Acme" } body { display: none } \\ @page { content: "'
    page.locator("h1").evaluate("(head, text) => { head.textContent = text; }", hostile)
    (text, *_) = sheets(page, "A4")
    assert plain(text).count(plain(hostile)) == 2
