"""From the how-to share to a topic, its accounts, an item, a decision, a verdict; and two who edit at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cs_dash.decisions import roadmap
from cs_dash.store.workspace import Workspace
from tests.browser.conftest import LONG, Pages, settled
from tests.browser.test_shared_views import SIZE, Visit, base, folder, visit

__all__ = ["base", "folder", "visit"]


def decide(page: Page, owner: str) -> None:
    """Accept the open item, for an owner of the product team."""
    form = page.locator(".st-key-item_decision")
    form.get_by_role("radio", name="Accepted").or_(form.get_by_text("Accepted", exact=True)).first.click()
    form.get_by_text("Product", exact=True).click()
    form.get_by_role("textbox", name="Accountable owner").fill(owner)
    form.get_by_role("button", name="Save decision").click()


def test_five_clicks_from_the_how_to_share_to_a_decision_then_a_verdict(visit: Visit, folder: Path) -> None:
    page = visit.page
    page.goto(f"{visit.base}/support-demand")
    visit.look()
    visit.click(page.locator(".cs-rail").get_by_role("link", name="Topics", exact=True), "/topics")
    visit.look()
    bar = page.locator(".st-key-chart_topics svg .mark-rect path[aria-label*='import a Google sheet']")
    visit.click(bar.first, "topic=")
    tickets = visit.look(opened=True)["opened"][0]
    visit.click(page.get_by_text("Show accounts", exact=True), "behind=accounts")
    expect(page.get_by_role("dialog").get_by_role("columnheader", name="MRR")).to_be_visible(timeout=LONG)
    visit.look(opened=True)
    visit.click(page.get_by_role("dialog").get_by_role("link", name="Add to roadmap"), r"/roadmap\?.*new=yes")
    settled(page)
    title = page.get_by_role("textbox", name="Title: what to build or write")
    assert title.input_value() in tickets
    visit.click(page.locator(".st-key-new_item").get_by_role("button", name="Add item"), r"/roadmap\?item=R-1$")
    assert visit.clicks == 5
    settled(page)
    decide(page, "Ann")
    expect(page.get_by_text("Decision saved.")).to_be_visible(timeout=LONG)

    shipping = page.locator(".st-key-item_shipping")
    shipping.get_by_role("spinbutton", name="year, Shipped on").click()
    page.keyboard.type("20260216")
    expect(shipping.get_by_role("spinbutton", name="day, Shipped on")).to_have_text("16")
    shipping.get_by_role("button", name="Save shipping").click()
    expect(page.get_by_text("Shipping saved.")).to_be_visible(timeout=LONG)
    expect(page.locator("h1 ~ .cs-says, .cs-item-head .cs-says")).to_contain_text("after it shipped on 16 Feb 2026")
    item = roadmap.item(Workspace(folder), "R-1")
    assert (item.parts["decision"]["owner"], item.parts["shipped"]["on"]) == ("Ann", "2026-02-16")
    visit.look()  # the same on a server that has just started

    visit.click(page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Roadmap"), "/roadmap$")
    settled(page)
    expect(page.locator(".cs-table tbody tr")).to_have_count(1)
    expect(page.locator(".cs-table tbody tr").first).to_contain_text("fell 4")
    for _ in range(6):
        page.go_back()
    expect(page).to_have_url(f"{visit.base}/support-demand", timeout=LONG)
    expect(page.locator("h1")).to_have_text("Support demand", timeout=LONG)


@pytest.fixture
def two(folder: Path, base: str, new_page: Pages) -> tuple[Page, Page, str]:
    """Two people with one item open, each in a browser."""
    item_id = roadmap.add(Workspace(folder), "Shared by two")
    pages = new_page(viewport=SIZE), new_page(viewport=SIZE)
    for page in pages:
        page.goto(f"{base}/roadmap?item={item_id}")
        settled(page)
    return *pages, item_id


def test_who_saves_second_sees_the_change_and_loses_nothing(two: tuple[Page, Page, str], folder: Path) -> None:
    first, second, item_id = two
    score = first.locator(".st-key-item_score")
    score.get_by_role("textbox", name="Effort, person-months").fill("3")
    score.get_by_role("textbox", name="Your name").fill("Bea")
    score.get_by_role("button", name="Save score").click()
    expect(first.get_by_text("Score saved.")).to_be_visible(timeout=LONG)
    decide(second, "Carl")
    changed = second.locator(".cs-changed")
    expect(changed).to_contain_text("Scored: effort 3 person-months", timeout=LONG)
    expect(changed).to_contain_text("Bea")
    form = second.locator(".st-key-item_decision")
    expect(form.get_by_role("textbox", name="Accountable owner")).to_have_value("Carl")
    form.get_by_role("button", name="Save decision").click()
    expect(second.get_by_text("Decision saved.")).to_be_visible(timeout=LONG)
    item = roadmap.item(Workspace(folder), item_id)
    assert (item.parts["score"]["effort"], item.parts["decision"]["owner"]) == (3.0, "Carl")
    expect(second.locator(".st-key-item_score").get_by_role("textbox", name="Effort, person-months")).to_have_value("3")


def test_states_come_back_from_the_tool_where_items_are_built(
    folder: Path, base: str, new_page: Pages, tmp_path: Path
) -> None:
    item_id = roadmap.add(Workspace(folder), "Built elsewhere")
    page = new_page(viewport=SIZE)
    page.goto(f"{base}/roadmap?show=handover")
    settled(page)
    with page.expect_download() as download:
        page.locator(".st-key-handover_out").get_by_role("button", name="Jira").click()
    exported = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert f"{base}/roadmap?item={item_id}" in exported
    back = tmp_path / "jira.csv"
    back.write_text(f"Key,Summary,Status,Resolved,Labels\nAB-7,Built elsewhere,Done,2026-08-03,csdash-{item_id}\n")
    page.locator("input[type=file]").set_input_files(str(back))
    expect(page.get_by_text(f"{item_id} “Built elsewhere”: Done, shipped on 2026-08-03.")).to_be_visible(timeout=LONG)
    assert roadmap.item(Workspace(folder), item_id).parts["tracked"]["key"] == "AB-7"
