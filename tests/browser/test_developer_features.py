"""What Streamlit shows to those who develop an app, and to nobody who reads ours."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from cs_dash import page_registry as registry
from tests.browser.conftest import follow, settled
from tests.browser.server import developers_server

OFFERS = re.compile("^(Help agents.*|Install|Always rerun|Deploy|Ask Google|Ask ChatGPT|.*streamlit.*)$", re.IGNORECASE)
RAW_DRAWING = re.compile("^(Show data|Copy Vega-Lite spec)")


def nothing_for_developers(page: Page) -> None:
    """Hold that a page offers nothing to those who develop an app."""
    expect(page.get_by_text(OFFERS)).to_have_count(0)
    for place in ("stMainMenu", "stAppDeployButton", "stToolbarActions", "stToast"):
        expect(page.get_by_test_id(place)).to_have_count(0)
    drawings = page.get_by_test_id("stElementToolbarButton")
    expect(drawings.get_by_role("button", name=RAW_DRAWING)).to_have_count(0)  # by role: what is not displayed is none


# How `serve` starts it: see `test_every_page`.
def test_nothing_for_developers_is_on_a_page_that_streamlit_run_serves(page: Page, tmp_path: Path) -> None:
    with developers_server(tmp_path / "workspace", tmp_path) as base:
        page.goto(base)
        settled(page)
        page.wait_for_timeout(1000)  # the offer takes less than a second
        for listed in registry.pages():
            follow(page, f"{base}/{listed.name}")
            nothing_for_developers(page)
        page.close()  # before its server ends
