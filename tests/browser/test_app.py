"""The app in a real browser: deep links, the demo, the upload, the scope, the drawings, dark and light, a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from playwright.sync_api import Browser, Page, expect

from cs_dash import page_registry as registry
from tests.browser.conftest import LONG, Pages, choose, settled
from tests.browser.server import running_server

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
TWO = ("accounts.csv", "churn.xlsx")
TITLES = {page.name: page.title for page in registry.pages()}
Servers = Callable[[Path | None], str]


@pytest.fixture(scope="module")
def company(browser: Browser, server: str) -> str:
    """The address of the session's server with the demo company in it, loaded as a visitor would."""
    page = browser.new_page()
    page.goto(server)
    # One of the two comes; the title of the first page is there before its button is.
    tried = page.get_by_role("button", name="Try the demo company")
    tried.or_(page.locator("h1").filter(has_text=TITLES["overview"])).first.wait_for(timeout=LONG)
    if tried.count():
        tried.click()
    expect(page.locator("h1")).to_have_text(TITLES["overview"], timeout=LONG)
    page.close()
    return server


@pytest.fixture
def wide(new_page: Pages) -> Page:
    """A page as wide as a laptop's."""
    return new_page(viewport={"width": 1440, "height": 1000})


def query(page: Page) -> str:
    return page.url.partition("?")[2]


def test_a_table_is_sorted_searched_and_opened_by_its_address(company: str, wide: Page) -> None:
    wide.goto(f"{company}/accounts")
    settled(wide)
    table = wide.locator(".cs-table")
    wide.evaluate("window.stillHere = true")
    table.get_by_role("link", name="MRR").click()
    expect(table.locator("th[aria-sort=descending]")).to_have_text("MRR ▼", timeout=LONG)
    wide.locator(".cs-find input").fill("gmbh")
    wide.keyboard.press("Enter")
    expect(wide.locator(".cs-table-title span.note")).to_contain_text(" of ", timeout=LONG)
    assert query(wide) == "sort=-mrr&find=gmbh"
    table.locator("tbody tr").nth(1).locator("td").nth(2).click()
    opened = wide.get_by_role("dialog")
    expect(opened).to_be_focused(timeout=LONG)
    address = wide.url
    assert "&open=" in address
    wide.keyboard.press("Escape")
    expect(opened).to_have_count(0, timeout=LONG)
    assert wide.evaluate("document.activeElement.closest('tr').rowIndex") == 2
    wide.go_back()
    expect(opened).to_have_count(1, timeout=LONG)
    assert wide.url == address
    assert wide.evaluate("window.stillHere")
    wide.reload()
    expect(wide.get_by_role("dialog")).to_have_count(1, timeout=LONG)
    expect(table.locator("th[aria-sort=descending]")).to_have_text("MRR ▼")


def test_a_row_becomes_a_card_on_a_phone(company: str, new_page: Pages) -> None:
    page = new_page(viewport={"width": 420, "height": 900}, is_mobile=True, has_touch=True)
    page.goto(f"{company}/accounts")
    settled(page)
    card = page.locator(".cs-table tbody tr").first
    visible = "cells => cells.filter(cell => cell.offsetHeight > 0).length"
    assert card.locator("td:not(.cs-more)").evaluate_all(visible) == 3
    card.get_by_text("More", exact=True).click()
    assert card.locator("td:not(.cs-more)").evaluate_all(visible) > 5
    assert "open=" not in page.url


def test_the_demo_company_in_one_click(page: Page, tmp_path: Path) -> None:
    with running_server(tmp_path / "workspace", tmp_path / "log.txt") as base:  # as a newcomer starts it
        page.goto(base)
        page.get_by_role("button", name="Try the demo company").wait_for(timeout=LONG)
        page.get_by_role("button", name="Try the demo company").click()
        expect(page.locator("h1")).to_have_text(TITLES["overview"], timeout=LONG)
        expect(page.locator(".cs-figure")).to_have_count(4, timeout=LONG)
        settled(page)
        choose(page, "Period", "6 months")
        page.wait_for_url(re.compile("period=6m"))
        settled(page)
        expect(page.locator(".cs-figure")).to_have_count(4)
        page.close()  # before its server ends, else it writes to the console that it lost it


def test_a_load_is_undone_and_nothing_new_is_said_to_be_so(cold_server: Servers, page: Page) -> None:
    page.goto(f"{cold_server(None)}/upload")
    page.locator("input[type=file]").wait_for(state="attached", timeout=LONG)
    page.locator("input[type=file]").set_input_files([str(DATA / name) for name in TWO])
    page.get_by_role("button", name="Load", exact=True).wait_for(timeout=LONG)
    expect(page.get_by_text(re.compile("2 files, .* rows read. Load them"))).to_be_visible()
    page.get_by_role("button", name="Load", exact=True).click()
    expect(page.get_by_text("Version 1 is now current.")).to_be_visible(timeout=LONG)
    settled(page)
    page.locator("input[type=file]").set_input_files([str(DATA / name) for name in TWO])
    page.get_by_role("button", name="Load", exact=True).click(timeout=LONG)
    expect(page.get_by_text("Nothing new.")).to_be_visible(timeout=LONG)
    page.get_by_role("link", name="Loads: what changed, and undo").click()
    page.get_by_role("button", name="Undo version 1").click(timeout=LONG)
    page.get_by_role("button", name="Undo load").click()
    expect(page.get_by_text("every load is undone")).to_be_visible(timeout=LONG)


def test_a_locked_workbook_asks_for_its_password(cold_server: Servers, page: Page, tmp_path: Path) -> None:
    with (DATA / "churn.xlsx").open("rb") as plain, (tmp_path / "churn.xlsx").open("wb") as locked:
        OOXMLFile(plain).encrypt("open sesame", locked)
    page.goto(f"{cold_server(None)}/upload")
    page.locator("input[type=file]").wait_for(state="attached", timeout=LONG)
    page.locator("input[type=file]").set_input_files([str(tmp_path / "churn.xlsx"), str(DATA / "accounts.csv")])
    password_field = page.get_by_label("Password of the protected files")
    password_field.fill("guess", timeout=LONG)
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_text("The password is wrong.")).to_be_visible(timeout=LONG)
    password_field.fill("open sesame")
    page.get_by_role("button", name="Open", exact=True).click()
    expect(password_field).to_have_count(0, timeout=LONG)
    expect(page.get_by_text("This is a fault in the program")).to_have_count(0)
    page.get_by_role("button", name="Load", exact=True).click()
    expect(page.get_by_text("Version 1 is now current.")).to_be_visible(timeout=LONG)
    expect(page.get_by_text("This is a fault in the program")).to_have_count(0)


def test_the_scope_goes_along_and_survives(company: str, wide: Page) -> None:
    wide.goto(f"{company}/retention")
    settled(wide)
    choose(wide, "Period", "3 months")
    wide.wait_for_url(re.compile("period=3m"))
    wide.get_by_role("button", name="+ Filter").click()
    wide.get_by_test_id("stPopoverBody").get_by_role("combobox", name="Segment").click()
    wide.get_by_role("option", name="SMB").click()
    wide.wait_for_url(re.compile("f.segment=SMB"))
    expect(wide.get_by_test_id("stPopoverBody")).to_be_visible()  # to choose more of it
    wide.keyboard.press("Escape")
    wide.keyboard.press("Escape")
    choose(wide, "Compare with", "No comparison")
    wide.wait_for_url(re.compile("compare=none"))
    address = query(wide)
    wide.get_by_role("navigation", name="Pages", exact=True).get_by_role("link", name="Support demand").click()
    expect(wide.locator("h1")).to_have_text(TITLES["support-demand"], timeout=LONG)
    settled(wide)
    assert wide.url == f"{company}/support-demand?{address}"
    wide.reload()
    expect(wide.locator("h1")).to_have_text(TITLES["support-demand"], timeout=LONG)
    expect(wide.get_by_role("link", name="Segment: SMB")).to_be_visible(timeout=LONG)
    assert wide.url == f"{company}/support-demand?{address}"
    assert wide.evaluate("document.querySelector('.stMainBlockContainer').clientWidth") > 1200  # and not a column


def test_back_and_forward_show_what_was_shown(company: str, wide: Page) -> None:
    wide.goto(f"{company}/churn")
    settled(wide)
    for period in ("6 months", "3 months"):
        choose(wide, "Period", period)
        wide.wait_for_url(re.compile(f"period={period[0]}m"))
        settled(wide)
    wide.get_by_role("navigation", name="Pages", exact=True).get_by_role("link", name="Overview").click()
    expect(wide.locator("h1")).to_have_text(TITLES["overview"], timeout=LONG)
    settled(wide)
    assert query(wide) == "period=3m"
    for path in ("/churn?period=3m", "/churn?period=6m", "/churn"):
        wide.go_back()
        wide.wait_for_url(f"{company}{path}")
        settled(wide)
        wide.wait_for_timeout(300)
        assert wide.url == f"{company}{path}"
    expect(wide.locator(".cs-menu summary").first).to_have_text("12 months")


# not churn: each of its lists changes length
@pytest.mark.parametrize("name", ["overview", "accounts", "retention", "support-demand"])
def test_another_period_moves_the_drawings_and_does_not_make_them_anew(name: str, company: str, wide: Page) -> None:
    wide.goto(f"{company}/{name}")
    settled(wide)
    svgs = "document.querySelectorAll('.stVegaLiteChart svg')"
    before = wide.evaluate(f"[...{svgs}].map((svg, at) => svg.dataset.seen = String(at))")
    choose(wide, "Period", "6 months")
    wide.wait_for_url(re.compile("period=6m"))
    settled(wide)
    assert before
    # A list that has become longer or shorter needs another drawing; lines, bars of months and cells do not.
    same_elements = wide.evaluate(f"[...{svgs}].filter(svg => svg.dataset.seen).length")
    assert same_elements >= len(before) - 1


def test_a_figure_says_what_it_means(company: str, wide: Page) -> None:
    wide.goto(f"{company}/retention")
    settled(wide)
    wide.get_by_role("button", name="About this figure: Net revenue retention").click()
    about = wide.locator(".cs-about:popover-open")
    expect(about).to_contain_text("Formula")
    expect(about).to_contain_text("SQL")
    wide.keyboard.press("Escape")
    expect(about).to_have_count(0)


def test_the_scope_stays_in_sight(company: str, wide: Page) -> None:
    wide.goto(f"{company}/retention")
    settled(wide)
    wide.evaluate("document.querySelector('.stMain').scrollTo(0, 900)")
    wide.wait_for_timeout(300)
    box = wide.locator(".st-key-scope_bar").bounding_box()
    assert box is not None
    assert 0 <= box["y"] <= 10


def test_a_chart_is_downloaded_with_its_title_scope_and_day(company: str, wide: Page, tmp_path: Path) -> None:
    wide.goto(f"{company}/retention?f.segment=SMB")
    settled(wide)
    card = wide.locator("[class*=st-key-chart_]:has(.stVegaLiteChart)").first
    title = card.locator(".chart-title").inner_text()
    card.get_by_role("link", name="Download").click()
    expect(card.get_by_role("button", name="PNG")).to_be_visible(timeout=LONG)
    for label, start in (("PNG", b"\x89PNG"), ("SVG", b"<svg")):
        with wide.expect_download() as download:
            card.get_by_role("button", name=label, exact=True).click()
        file = tmp_path / download.value.suggested_filename
        download.value.save_as(file)
        assert file.suffix == f".{label.lower()}"
        assert file.read_bytes().startswith(start)
    drawing = file.read_text(encoding="utf-8")
    assert title in drawing
    assert "Segment: SMB" in drawing
    assert "Data as of" in drawing


def test_what_is_downloaded_is_what_is_shown(company: str, wide: Page, tmp_path: Path) -> None:
    wide.goto(f"{company}/churn")
    settled(wide)
    with wide.expect_download() as download:
        wide.locator(".st-key-head_churn_events").get_by_role("button", name="CSV", exact=True).click()
    file = tmp_path / "rows.csv"
    download.value.save_as(file)
    assert download.value.suggested_filename == "churn-events.csv"
    values = int(re.findall(r"(\d+) rows", wide.locator(".st-key-head_churn_events span.note").inner_text())[0])
    assert len(file.read_text(encoding="utf-8-sig").splitlines()) == values + 1


def test_a_click_on_a_bar_opens_its_rows_and_a_cold_server_shows_them_too(
    company: str, wide: Page, cold_server: Servers, server_workspace: Path
) -> None:
    wide.goto(f"{company}/churn")
    settled(wide)
    wide.locator(".st-key-chart_reasons svg .mark-rect path").first.click()
    opened = wide.get_by_role("dialog")
    expect(opened.locator("#cs-drawer-title")).to_contain_text("Churn events: Price", timeout=LONG)
    shown, address = opened.inner_text(), query(wide)
    assert address.startswith("mark=reasons%3APrice")
    wide.goto(f"{cold_server(server_workspace)}/churn?{address}")
    expect(wide.get_by_role("dialog")).to_have_text(shown, timeout=LONG, use_inner_text=True)
    wide.get_by_role("link", name="Close").click()
    expect(wide.get_by_role("dialog")).to_have_count(0, timeout=LONG)
    wide.go_back()
    expect(wide.get_by_role("dialog")).to_have_text(shown, timeout=LONG, use_inner_text=True)
