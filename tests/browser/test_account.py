"""The page of one account in a real browser: its links, one printed sheet, and one column on a phone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from cs_dash.store.workspace import Workspace
from tests.browser.conftest import LONG, QUIET, Pages, Servers
from tests.browser.printing import ON_SCREENS, sheets, without_spaces

ADDRESS = "account?account=ACC-1003"


@pytest.fixture(scope="module")
def demo_server(
    demo_workspace: Workspace, tmp_path_factory: pytest.TempPathFactory, start_server: Servers
) -> Iterator[str]:
    """The address of a server on the demo company."""
    folder = tmp_path_factory.mktemp("account")
    shutil.copytree(demo_workspace.folder, folder / "workspace")
    with start_server(folder / "workspace", folder / "log.txt", QUIET) as base:
        yield base


def opened(page: Page, demo_server: str) -> Page:
    page.goto(f"{demo_server}/{ADDRESS}")
    expect(page.locator(".cs-account h1")).to_have_text("Qingshuo Energy Co., Ltd.", timeout=LONG)
    expect(page).to_have_title(re.compile("^Qingshuo Energy Co., Ltd."))
    return page


@pytest.mark.parametrize(
    ("account", "parts"),
    [
        (
            "ACC-1003",
            ("Qingshuo Energy Co., Ltd.", "Score 77", "MRR €4,830", "Why 77 and not 71", "Weekly users by feature",
             "Score and MRR, ", "Survey", "By category", "By topic", "Timeline", "Caveat: Data coverage went from"),
        ),
        (
            "ACC-1015",
            ("Falley Property Care ApS", "Churned on 16 Dec 2023", "MRR, 16 Oct 2023 to 15 Dec 2023", "Downsell",
             "By category", "Timeline", "Starts at €263 MRR", "Data conflict: Marked as churned"),
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_it_prints_on_one_landscape_sheet(
    page: Page, demo_server: str, account: str, parts: tuple[str, ...], paper: str
) -> None:
    page.goto(f"{demo_server}/account?account={account}")
    expect(page.locator(".cs-account h1")).to_have_text(parts[0], timeout=LONG)
    page.wait_for_load_state("networkidle")
    (text,) = map(without_spaces, sheets(page, paper))
    assert [part for part in (*parts, "Page 1 of 1", "30 Sep 2026 · load 1") if without_spaces(part) not in text] == []
    assert not [words for words in ON_SCREENS if without_spaces(words) in text]


def test_a_link_leads_to_the_ticket_and_back_to_the_account(page: Page, demo_server: str) -> None:
    opened(page, demo_server)
    page.get_by_role("link", name="12 weeks").click()
    expect(page).to_have_url(re.compile(r"from=2026-07-08"))
    expect(page.locator(".cs-account-why")).to_contain_text("Points vs 8 Jul 2026")
    page.locator(".cs-account-tickets .cs-newest a").first.click()
    expect(page).to_have_url(re.compile(r"/tickets\?.*ticket=\d+"), timeout=LONG)
    page.go_back()
    expect(page.locator(".cs-account-why")).to_contain_text("Points vs 8 Jul 2026", timeout=LONG)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_nothing_is_wider_than_the_screen(new_page: Pages, demo_server: str, scheme: str) -> None:
    page = new_page(viewport={"width": 420, "height": 900}, color_scheme=scheme)
    opened(page, demo_server)
    wide = page.evaluate(
        "[...document.querySelectorAll('.cs-account *')].filter(e => !e.closest('.cs-hidden')"
        " && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.className)"
    )
    assert wide == []
