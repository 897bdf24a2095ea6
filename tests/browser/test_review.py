"""A quarterly review by mouse: pinned, arranged, renewed; frozen whatever follows; and two who prepare it at once."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from cs_dash import pipeline
from cs_dash.decisions import settings, topics
from cs_dash.decisions.reviews.records import reviews
from cs_dash.decisions.reviews.slides import arrangement
from cs_dash.store.workspace import Workspace
from tests.browser.axe import RULES, violations
from tests.browser.conftest import LONG, Pages, settled
from tests.sharing.companies import answer

SIZE: ViewportSize = {"width": 1440, "height": 1000}
QUARTER = "2026Q3"
TICKETS = "ticket_id,account_id,created_at,subject,type\n"


@pytest.fixture
def folder(demo_workspace: Workspace, tmp_path: Path) -> Path:
    """A workspace with the demo company and its topics."""
    return Path(shutil.copytree(demo_workspace.folder, tmp_path / "workspace"))


def load_more(folder: Path, name: str) -> None:
    """Load tickets that move the how-to share of the quarter."""
    lines = "".join(f"{name}-{at},ACC-1001,2026-09-{at % 28 + 1:02d},Export is broken,bug\n" for at in range(200))
    pipeline.load(Workspace(folder), [("tickets.csv", io.BytesIO((TICKETS + lines).encode()))])


def outline(page: Page) -> list[str]:
    return page.locator(".cs-outline-title").all_inner_texts()


def start(page: Page, base: str) -> None:
    """Start the review that is due, and wait for its slides."""
    page.goto(f"{base}/review")
    page.get_by_role("button", name="Start review").click(timeout=LONG)
    expect(page.locator("h1")).to_have_text("Review Q3 2026", timeout=LONG)
    expect(page.locator(".cs-outline")).to_be_visible(timeout=LONG)


def open_slide(page: Page, base: str, slide: str) -> None:
    page.goto(f"{base}/review?review={QUARTER}&slide={slide}")
    expect(page.locator(".cs-slide-head h2")).to_be_visible(timeout=LONG)
    settled(page)


def slide_text(page: Page) -> str:
    """Return what the open slide says, its drawing included."""
    return page.locator(".st-key-slide_card").inner_text()


def write(page: Page, field: str, text: str, button: str) -> None:
    page.get_by_role("textbox", name=field, exact=True).fill(text)
    page.get_by_role("button", name=button, exact=True).click()


def test_a_review_is_prepared_by_mouse_and_renewed_after_a_load(
    folder: Path, cold_server: Callable[[Path | None], str], new_page: Pages
) -> None:
    page, base = new_page(viewport=SIZE), cold_server(folder)
    start(page, base)

    page.goto(f"{base}/churn?f.segment=SMB")
    page.locator(".st-key-chart_reasons").get_by_role("link", name="Add to review").click(timeout=LONG)
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Added to Review Q3 2026")).to_be_visible(timeout=LONG)
    dialog.get_by_role("link", name="Open Review Q3 2026").click()
    expect(page.locator(".cs-slide-head h2")).to_contain_text("of MRR lost", timeout=LONG)
    page.go_back()
    expect(dialog.get_by_text("Added to Review Q3 2026")).to_be_visible(timeout=LONG)
    assert len(arrangement(Workspace(folder), QUARTER).pins) == 1

    open_slide(page, base, "howto")
    write(page, "Own title", "Fewer questions than last quarter", "Save title")
    expect(page.locator(".cs-slide-head h2")).to_have_text("Fewer questions than last quarter", timeout=LONG)
    write(page, "Remark", "Ask the help team", "Add remark")
    expect(page.locator(".cs-slide-foot blockquote")).to_contain_text("Ask the help team", timeout=LONG)
    before = outline(page).index("Fewer questions than last quarter")
    page.get_by_role("button", name="Move up", exact=True).click()
    expect(page.get_by_text("Moved up.")).to_be_visible(timeout=LONG)
    settled(page)
    assert outline(page).index("Fewer questions than last quarter") == before - 1
    open_slide(page, base, "howto-cost")
    page.get_by_role("button", name="Hide slide").click()
    expect(page.get_by_role("button", name="Show slide")).to_be_visible(timeout=LONG)

    load_more(folder, "LATE")
    open_slide(page, base, "howto")
    assert "moved since this was written" not in slide_text(page)
    page.get_by_role("button", name="Renew numbers").click()
    page.get_by_role("button", name="Renew to load 2").click()
    expect(page.get_by_text("shows the numbers of load 2")).to_be_visible(timeout=LONG)
    settled(page)
    assert "Fewer questions than last quarter" in slide_text(page)
    assert slide_text(page).count("The numbers moved since this was written: How-to share: ") == 2
    assert outline(page).index("Fewer questions than last quarter") == before - 1
    assert arrangement(Workspace(folder), QUARTER).hidden == {"howto-cost"}
    assert violations(page, RULES) == []
    present = page.get_by_role("link", name="Present")
    assert present.get_attribute("target") == "_blank"
    assert present.get_attribute("href") == f"./present?review={QUARTER}"


def test_a_review_shows_its_day_after_loads_labels_merges_undo_settings_and_a_restart(
    folder: Path, cold_server: Callable[[Path | None], str], new_page: Pages
) -> None:
    page, base = new_page(viewport=SIZE), cold_server(folder)
    start(page, base)
    shown = {}
    for slide in ("headlines", "howto", "topics"):
        open_slide(page, base, slide)
        shown[slide] = slide_text(page)
    slides = outline(page)

    workspace = Workspace(folder)
    first, second = (row["topic"] for row in answer(workspace, "support.topics")["rows"][:2])
    topics.apply(workspace, topics.merged([first], second, topics.decided(workspace)))
    for name in ("ONE", "TWO", "THREE"):
        load_more(folder, name)
    pipeline.label(workspace, [(f"ONE-{at}", "how-to") for at in range(100)])
    pipeline.undo(workspace)
    settings.choose(workspace, {"health_yellow": 20})
    restarted = cold_server(folder)
    for slide, text in shown.items():
        open_slide(page, restarted, slide)
        assert slide_text(page) == text
    assert outline(page) == slides
    (review,) = reviews(workspace)
    assert review.numbers.version == 1


def test_two_who_prepare_a_review_lose_nothing(
    folder: Path, cold_server: Callable[[Path | None], str], new_page: Pages
) -> None:
    base, ann, ben = cold_server(folder), new_page(viewport=SIZE), new_page(viewport=SIZE)
    start(ann, base)
    for page, name in ((ann, "Ann"), (ben, "Ben")):
        open_slide(page, base, "churn")
        page.get_by_role("textbox", name="Your name").first.fill(name)
        page.keyboard.press("Enter")
        settled(page)
    write(ann, "Own title", "Prices drive churn", "Save title")
    expect(ann.locator(".cs-slide-head h2")).to_have_text("Prices drive churn", timeout=LONG)
    write(ben, "Own title", "Support drives churn", "Save title")
    expect(ben.get_by_text("Ann changed it since you opened it")).to_be_visible(timeout=LONG)
    expect(ben.get_by_role("textbox", name="Own title", exact=True)).to_have_value("Support drives churn")
    expect(ben.locator(".cs-slide-head h2")).to_have_text("Prices drive churn")
    write(ben, "Remark", "By Ben", "Add remark")
    expect(ben.locator(".cs-slide-foot blockquote")).to_contain_text("By Ben", timeout=LONG)
    ann.get_by_role("button", name="Move up", exact=True).click()
    expect(ann.locator(".cs-slide-foot blockquote")).to_contain_text("By Ben", timeout=LONG)
    written = arrangement(Workspace(folder), QUARTER)
    assert (written.titles["churn"].text, written.titles["churn"].person) == ("Prices drive churn", "Ann")
    assert [(remark.written.text, remark.written.person) for remark in written.remarks] == [("By Ben", "Ben")]
    assert "churn" in written.order
