"""The pictures of the README and of the first page, taken only when asked for.

CS_DASH_PICTURES=1 make test ARGS=tests/browser/test_pictures.py
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LONG, Pages, settled
from tests.browser.test_app import TITLES, company

__all__ = ["company"]
ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "docs" / "images"
STATIC = ROOT / "cs_dash" / "ui" / "server" / "static"
LARGEST = 200_000
"""Bytes of a picture that the first page shows."""
ASKED = bool(os.environ.get("CS_DASH_PICTURES"))


@pytest.mark.skipif(not ASKED, reason="pictures for the README are taken when CS_DASH_PICTURES is set")
@pytest.mark.parametrize("name", ["overview", "accounts", "retention", "support-demand", "topics"])
def test_a_picture_of_a_page(name: str, company: str, new_page: Pages) -> None:
    page = new_page(viewport={"width": 1440, "height": 1000})
    page.goto(f"{company}/{name}")
    expect(page.locator("h1")).to_have_text(TITLES[name], timeout=LONG)
    if name == "topics":
        page.locator(".st-key-chart_topics svg.marks").first.wait_for(timeout=2 * LONG)  # they are found after the load
    expect(page.locator(".cs-following")).to_have_count(0, timeout=2 * LONG)
    settled(page)
    page.wait_for_timeout(800)
    page.screenshot(path=IMAGES / f"{name}.png")
    assert (IMAGES / f"{name}.png").stat().st_size > 50_000


@pytest.mark.skipif(not ASKED, reason="pictures for the first page are taken when CS_DASH_PICTURES is set")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_picture_of_the_overview_for_the_first_page(scheme: str, company: str, new_page: Pages) -> None:
    page = new_page(viewport={"width": 1280, "height": 800}, color_scheme=scheme)
    page.goto(company)
    expect(page.locator("h1")).to_have_text(TITLES["overview"], timeout=LONG)
    expect(page.locator(".cs-following")).to_have_count(0, timeout=2 * LONG)
    settled(page)
    page.locator(".cs-rail footer [data-shell=workspace]").evaluate("place => place.textContent = ''")
    page.wait_for_timeout(800)
    page.screenshot(path=STATIC / f"overview-{scheme}.png")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_first_page_shows_what_one_will_get(scheme: str, empty_server: str, new_page: Pages) -> None:
    page = new_page(color_scheme=scheme)
    page.goto(f"{empty_server}/churn")
    settled(page)
    picture = page.get_by_role("img", name="The overview of the demo company")
    expect(picture).to_have_js_property("naturalWidth", 1280)
    assert picture.evaluate("image => image.currentSrc").endswith(f"overview-{scheme}.png")
    assert 20_000 < (STATIC / f"overview-{scheme}.png").stat().st_size < LARGEST
    for name in ("Try the demo company", "Upload your files"):
        expect(page.get_by_role("button", name=name)).to_be_in_viewport()
    page.get_by_role("button", name="Upload your files").click()
    expect(page.locator("h1")).to_have_text(TITLES["upload"], timeout=LONG)
