"""What Streamlit shows to those who develop an app, and to nobody who reads ours."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cs_dash.ui import registry
from tests.browser.conftest import QUIET, settled
from tests.browser.server import developers_server, running_server

OFFERS = ("Help agents", "Install", "Always rerun", "Deploy", "Ask Google", "Ask ChatGPT", "streamlit")


@pytest.mark.parametrize("started_by", ["streamlit run", "serve"])
def test_nothing_for_developers_is_on_a_page(started_by: str, page: Page, tmp_path: Path) -> None:
    start = developers_server if started_by == "streamlit run" else served
    with start(tmp_path / "workspace", tmp_path) as base:
        for listed in registry.pages():
            page.goto(f"{base}/{listed.name}")
            settled(page)
            # The offer takes less than a second; after the first page it is known whether there is one.
            page.wait_for_timeout(1000 if listed == registry.home() else 200)
            for text in OFFERS:
                expect(page.get_by_text(text)).to_have_count(0)
            for place in ("stMainMenu", "stAppDeployButton", "stToolbarActions", "stToast"):
                expect(page.get_by_test_id(place)).to_have_count(0)
        page.close()  # before its server ends


def served(workspace: Path, folder: Path) -> AbstractContextManager[str]:
    return running_server(workspace, folder / "log.txt", QUIET)
