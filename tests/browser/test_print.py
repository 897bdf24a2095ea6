"""Pages on paper: no chart is cut, and no value of the data breaks a margin. What each says: see `test_every_page`."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Pages, settled
from tests.browser.printing import sheets, without_spaces
from tests.browser.test_app import company

__all__ = ["company"]


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
    assert without_spaces(text).count(without_spaces(hostile)) == 2
